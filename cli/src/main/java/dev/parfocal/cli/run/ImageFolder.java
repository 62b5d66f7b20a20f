package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.DatasetReader;
import dev.parfocal.detection.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The images that a user points at: a folder with all below it, or one file. */
public final class ImageFolder {

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif");

    private ImageFolder() {}

    /**
     * The image files, in the order of their paths.
     *
     * @throws ParfocalException if there are none
     */
    public static List<Path> files(Path images) throws IOException {
        if (!Files.exists(images)) {
            throw new ParfocalException(images + ": no such file or folder");
        }
        try (Stream<Path> paths = Files.walk(images)) {
            List<Path> files = paths.filter(Files::isRegularFile)
                    .filter(file -> file.equals(images) || ENDINGS.contains(ending(file)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ParfocalException(images + ": no images ("
                        + String.join(", ", ENDINGS.stream().sorted().toList()) + ") in this folder");
            }
            return files;
        }
    }

    /** Ids 1, 2, … in the order of the files. */
    public static Map<Path, Long> numbered(List<Path> files) {
        Map<Path, Long> ids = new LinkedHashMap<>();
        files.forEach(file -> ids.put(file, ids.size() + 1L));
        return ids;
    }

    /**
     * The ids that a COCO file gives these images, by the paths it lists or else by their bare names.
     *
     * @throws ParfocalException if it does not list one of them
     */
    public static Map<Path, Long> idsOf(List<Path> files, Path images, Path truth) {
        Map<String, Long> listed = new HashMap<>();
        for (Sample sample : DatasetReader.readTruth(truth).samples()) {
            listed.put(name(sample.file()), sample.id());
            listed.put(slashed(sample.file()), sample.id());
        }
        Map<Path, Long> ids = new LinkedHashMap<>();
        for (Path file : files) {
            Long id = listed.getOrDefault(slashed(images.relativize(file)), listed.get(name(file)));
            if (id == null) {
                throw new ParfocalException(truth + ": does not list the image " + file);
            }
            ids.put(file, id);
        }
        return ids;
    }

    /** A name for the picture made of an image: its path below the folder in one word, as PNG or JPEG. */
    public static String pictureName(Path file, Path images) {
        Path below = Files.isDirectory(images) ? images.relativize(file) : Path.of(name(file));
        String name = slashed(below).replace('/', '_');
        String ending = ending(file);
        return ending.startsWith("jp") || ending.equals("png") ? name : name + ".png";
    }

    private static String ending(Path file) {
        String name = name(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
