package dev.parfocal.detection.format;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a YOLO data set says of itself: in {@code data.yaml} (names as a list or by number; folders or lists per part), in
 * Darknet's {@code obj.data} and {@code obj.names}, or in {@code classes.txt} (a name a line).
 *
 * @param file where it says so
 * @param names of the classes, by number
 * @param base what paths are relative to, as written; empty: the data set's own folder
 * @param parts folders or lists by part, as written; empty when the file does not say
 * @param keypointNumbers how many numbers of keypoints follow each box, by {@code kpt_shape}; empty for boxes and polygons
 */
record YoloConfig(
        Path file, List<String> names, String base, Map<String, List<String>> parts, OptionalInt keypointNumbers) {

    private static final Set<String> ENDINGS = Set.of("yaml", "yml");

    /** @throws ParfocalException when no file says what the classes are called, or several do */
    static YoloConfig read(Path path) {
        if (Files.isRegularFile(path)) {
            return YoloYaml.read(path);
        }
        Optional<Path> yaml = yaml(path);
        if (yaml.isPresent()) {
            return YoloYaml.read(yaml.get());
        }
        List<Path> darknet = Folders.files(path, "data");
        if (darknet.size() == 1) {
            return DarknetData.read(darknet.get(0));
        }
        List<Path> candidates = new ArrayList<>(
                List.of(path.resolve("classes.txt"), path.resolve("labels").resolve("classes.txt")));
        candidates.addAll(Folders.files(path, "names"));
        for (Path file : candidates) {
            if (Files.isRegularFile(file)) {
                return new YoloConfig(file, named(file), "", lists(path), OptionalInt.empty());
            }
        }
        throw new ParfocalException(
                path + ": no class names; a YOLO data set has data.yaml with 'names' or classes.txt in this folder");
    }

    private static Optional<Path> yaml(Path root) {
        for (String name : List.of("data.yaml", "data.yml", "dataset.yaml", "dataset.yml")) {
            if (Files.isRegularFile(root.resolve(name))) {
                return Optional.of(root.resolve(name));
            }
        }
        List<Path> others =
                Folders.list(root, file -> ENDINGS.contains(Folders.ending(file)) && Files.isRegularFile(file)).stream()
                        .filter(YoloYaml::hasNames)
                        .toList();
        if (others.size() > 1) {
            throw new ParfocalException(
                    root + ": which of these describes the data set? Name it instead of the folder: "
                            + others.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return others.stream().findFirst();
    }

    /** Lists of images beside the names, which Darknet's tools leave there. */
    private static Map<String, List<String>> lists(Path root) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Path list : Folders.files(root, "txt")) {
            String stem = Folders.stem(list);
            if (SplitName.isStandard(stem)) {
                lists.put(SplitName.of(stem), List.of(list.getFileName().toString()));
            }
        }
        return lists;
    }

    /** A name a line. */
    static List<String> named(Path file) {
        List<String> names =
                TextFile.lines(file).stream().filter(line -> !line.isEmpty()).toList();
        return requireNames(file, names);
    }

    static List<String> requireNames(Path file, List<String> names) {
        if (names.isEmpty()) {
            throw new ParfocalException(
                    file + ": no class names; write 'names: [first, second]' (classes.txt: one a line)");
        }
        return names;
    }
}
