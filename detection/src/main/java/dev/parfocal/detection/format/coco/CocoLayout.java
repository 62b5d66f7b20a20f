package dev.parfocal.detection.format.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.format.raw.ImageSearch;
import dev.parfocal.detection.format.raw.JsonKind;
import dev.parfocal.detection.format.raw.SplitName;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where COCO data sets keep things. Annotations: every annotation file among {@code annotations/*.json}, {@code *.json} and
 * {@code PART/*.json}. Images: beside the file, in a folder {@code images} or {@code data} or one named after the part, beside
 * the file or one level up.
 */
public final class CocoLayout {

    private static final List<String> ORDER = List.of("train", "trainval", "val", "test");

    /** What COCO's own archives have beside boxes: the same images under other questions. */
    private static final List<String> OTHER_TASKS =
            List.of("captions_", "person_keypoints_", "panoptic_", "stuff_", "image_info_");

    private CocoLayout() {}

    /**
     * One annotation file.
     *
     * @param split the part's name, when the file was found in a folder
     */
    record Part(Path json, Optional<String> split, ImageSearch images) {}

    static List<Part> parts(Path path, Lint lint) {
        if (Files.isRegularFile(path)) {
            return List.of(new Part(path, Optional.empty(), new ImageSearch(roots(path))));
        }
        if (!Files.isDirectory(path)) {
            throw new ParfocalException(path + ": there is no such file or folder");
        }
        List<Part> parts = new ArrayList<>();
        for (Path json : annotationFiles(path, lint)) {
            parts.add(new Part(json, Optional.of(split(path, json)), new ImageSearch(roots(json))));
        }
        if (parts.isEmpty()) {
            throw new ParfocalException(path + ": no COCO annotation file; expected annotations/*.json, *.json or "
                    + "train/_annotations.coco.json in this folder");
        }
        parts.sort(Comparator.comparingInt(part -> rank(part.split().orElse(""))));
        return parts;
    }

    /** The files that certainly are COCO's: the one that is named, or those of a folder. */
    public static List<Path> files(Path path) {
        List<Path> files = Files.isRegularFile(path) ? List.of(path) : annotationFiles(path, new Lint());
        return files.stream().filter(file -> JsonKind.of(file) == JsonKind.COCO).toList();
    }

    private static int rank(String split) {
        int rank = ORDER.indexOf(split);
        return rank < 0 ? ORDER.size() : rank;
    }

    /** The annotation files of a folder, broken ones too, to be told of; what else is JSON there is noted. */
    static List<Path> annotationFiles(Path folder, Lint lint) {
        List<Path> files = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path json : candidates(folder)) {
            String name = json.getFileName().toString();
            JsonKind kind = JsonKind.of(json);
            boolean boxes = OTHER_TASKS.stream().noneMatch(name::startsWith)
                    && (kind == JsonKind.COCO || kind == JsonKind.BROKEN);
            (boxes ? files : others).add(json);
        }
        others.forEach(json -> lint.add(
                Problem.UNUSED_FILE,
                folder.relativize(json).toString(),
                "no annotations of boxes: no \"images\" list"));
        return files;
    }

    /** Every JSON file in a folder and in the folders in it. */
    public static List<Path> candidates(Path folder) {
        List<Path> candidates = new ArrayList<>(Folders.files(folder, "json"));
        for (Path inner : Folders.folders(folder)) {
            candidates.addAll(Folders.files(inner, "json"));
        }
        return candidates;
    }

    private static String split(Path folder, Path json) {
        String stem = Folders.stem(json);
        String above = Folders.parent(json).getFileName().toString();
        boolean inPart = !folder.equals(json.getParent()) && SplitName.isStandard(above);
        return SplitName.within(stem)
                .orElseGet(() -> SplitName.of(inPart ? above : stem.replaceFirst("^instances_", "")));
    }

    private static List<Path> roots(Path json) {
        Path here = Folders.parent(json);
        String part = Folders.stem(json).replaceFirst("^instances_", "");
        Set<String> names = new LinkedHashSet<>(List.of(part));
        SplitName.within(part)
                .ifPresent(split -> names.addAll(split.equals("val") ? List.of("val", "valid") : List.of(split)));
        Set<Path> roots = new LinkedHashSet<>(List.of(here));
        Path up = here.getParent();
        for (Path base : up == null ? List.of(here) : List.of(here, up)) {
            for (String images : List.of("images", "data")) {
                names.forEach(name -> roots.add(base.resolve(images).resolve(name)));
                roots.add(base.resolve(images));
            }
            names.forEach(name -> roots.add(base.resolve(name)));
        }
        if (up != null) {
            roots.add(up);
        }
        return List.copyOf(roots);
    }
}
