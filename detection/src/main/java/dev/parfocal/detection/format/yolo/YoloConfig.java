package dev.parfocal.detection.format.yolo;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.format.raw.SplitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final List<String> USUAL = List.of("data.yaml", "data.yml", "dataset.yaml", "dataset.yml");

    private static final Set<String> ENDINGS = Set.of("yaml", "yml");

    /** @throws ParfocalException when no file says what the classes are called, or several do */
    static YoloConfig read(Path path) {
        if (Files.isRegularFile(path)) {
            return described(path);
        }
        List<Path> descriptions = descriptions(path);
        if (descriptions.size() > 1) {
            throw new ParfocalException(
                    path + ": which of these describes the data set? Name it instead of the folder: "
                            + descriptions.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        if (!descriptions.isEmpty()) {
            return described(descriptions.get(0));
        }
        Path names = nameFiles(path).stream()
                .findFirst()
                .orElseThrow(
                        () -> new ParfocalException(
                                path
                                        + ": no class names; a YOLO data set has data.yaml with 'names' or classes.txt in this folder"));
        return new YoloConfig(names, named(names), "", lists(path), OptionalInt.empty());
    }

    private static YoloConfig described(Path file) {
        return Folders.ending(file).equals("data") ? DarknetData.read(file) : YoloYaml.read(file);
    }

    /** Whether a file is one that describes a data set. */
    static boolean describes(Path file) {
        return ENDINGS.contains(Folders.ending(file))
                ? YoloYaml.hasNames(file)
                : Folders.ending(file).equals("data");
    }

    /** The files of a folder that describe a data set: the one that has the usual name, or else any that do. */
    static List<Path> descriptions(Path root) {
        for (String name : USUAL) {
            Path usual = root.resolve(name);
            if (Files.isRegularFile(usual) && (name.startsWith("data.") || describes(usual))) {
                return List.of(usual);
            }
        }
        List<Path> yaml = Folders.list(
                root, file -> ENDINGS.contains(Folders.ending(file)) && Files.isRegularFile(file) && describes(file));
        List<Path> darknet = yaml.isEmpty() ? Folders.files(root, "data") : List.of();
        return darknet.size() == 1 ? darknet : yaml;
    }

    /** The files of a folder that list the names of the classes and nothing else. */
    static List<Path> nameFiles(Path root) {
        List<Path> files = new ArrayList<>(
                List.of(root.resolve("classes.txt"), root.resolve("labels").resolve("classes.txt")));
        files.addAll(Folders.files(root, "names"));
        return files.stream().filter(Files::isRegularFile).toList();
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
        int nameless = names.indexOf("");
        if (nameless >= 0) {
            throw new ParfocalException(file + ": names: class " + nameless + " has no name");
        }
        return names;
    }
}
