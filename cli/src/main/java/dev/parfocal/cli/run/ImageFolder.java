package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.file.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The images that a user points at: a folder with all below it, or one file. */
public final class ImageFolder {

    private ImageFolder() {}

    /**
     * The image files, in the order of their paths.
     *
     * @throws ParfocalException if there are none
     */
    public static List<Path> files(Path images) {
        if (!Files.exists(images)) {
            throw new ParfocalException(images + ": no such file or folder");
        }
        List<Path> files = Files.isDirectory(images) ? Folders.imagesBelow(images) : List.of(images);
        if (files.isEmpty()) {
            throw new ParfocalException(images + ": no images in this folder");
        }
        return files.stream().sorted().toList();
    }

    /** Samples with ids 1, 2, … in the order of the files; their sizes are yet to be found out. */
    public static Map<Path, Sample> numbered(List<Path> files) {
        Map<Path, Sample> samples = new LinkedHashMap<>();
        files.forEach(file -> samples.put(file, new Sample(samples.size() + 1L, file, 0, 0, List.of())));
        return samples;
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
