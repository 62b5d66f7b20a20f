package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where COCO data sets keep things. Annotations: {@code annotations/*.json}, {@code *.json}, or
 * {@code PART/_annotations.coco.json}; of several, {@code instances_*.json} only. Images: beside the file, in a folder
 * {@code images} or one named after the part, beside the file or one level up.
 */
final class CocoLayout {

    private static final String NESTED = "_annotations.coco.json";
    private static final List<String> ORDER = List.of("train", "trainval", "val", "test");

    private CocoLayout() {}

    /**
     * One annotation file.
     *
     * @param split the part's name, when the file was found in a folder
     */
    record Part(Path json, Optional<String> split, List<Path> roots) {

        /** The image's file, or where it should be when it is nowhere. */
        Path find(CocoFile.Image image) {
            String name = image.fileName() == null ? "(no file_name)" : image.fileName();
            Path missing = json.resolveSibling("(no valid file_name)");
            for (Path root : roots) {
                Path file = Folders.resolve(root, name);
                if (file == null) {
                    return missing;
                }
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
            return roots.get(0).resolve(name);
        }
    }

    static List<Part> parts(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(new Part(path, Optional.empty(), roots(path)));
        }
        if (!Files.isDirectory(path)) {
            throw new ParfocalException(path + ": there is no such file or folder");
        }
        List<Part> parts = new ArrayList<>();
        for (Path json : annotationFiles(path)) {
            parts.add(new Part(json, Optional.of(split(json)), roots(json)));
        }
        if (parts.isEmpty()) {
            throw new ParfocalException(path + ": no COCO annotation file; expected annotations/*.json, *.json or "
                    + "train/" + NESTED + " in this folder");
        }
        parts.sort(Comparator.comparingInt(part -> rank(part.split().orElse(""))));
        return parts;
    }

    private static int rank(String split) {
        int rank = ORDER.indexOf(split);
        return rank < 0 ? ORDER.size() : rank;
    }

    private static List<Path> annotationFiles(Path folder) {
        List<Path> nested = new ArrayList<>();
        for (Path sub : Folders.list(folder, Files::isDirectory)) {
            nested.addAll(Folders.list(sub, file -> file.endsWith(NESTED)));
        }
        List<Path> files = Folders.files(folder.resolve("annotations"), "json");
        files = files.isEmpty() ? Folders.files(folder, "json") : files;
        List<Path> instances = files.stream()
                .filter(file -> file.getFileName().toString().startsWith("instances_"))
                .toList();
        return !instances.isEmpty() ? instances : !files.isEmpty() ? files : nested;
    }

    private static String split(Path json) {
        String stem = json.endsWith(NESTED)
                ? Folders.parent(json).getFileName().toString()
                : part(json).replaceFirst("(?<=\\D)\\d{4}$", "");
        return stem.equals("valid") ? "val" : stem;
    }

    /** {@code train2017} of {@code instances_train2017.json}. */
    private static String part(Path json) {
        return Folders.stem(json).replaceFirst("^instances_", "");
    }

    private static List<Path> roots(Path json) {
        Path here = Folders.parent(json);
        List<Path> roots = new ArrayList<>(List.of(here, here.resolve("images"), here.resolve(part(json))));
        Path up = here.getParent();
        if (up != null) {
            roots.addAll(List.of(
                    up.resolve("images"),
                    up.resolve(part(json)),
                    up.resolve("images").resolve(part(json)),
                    up));
        }
        return roots;
    }
}
