package dev.parfocal.detection.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a data set's folders. What systems leave behind in them ({@code ._a.xml}, {@code .ipynb_checkpoints},
 * {@code __MACOSX}) is not there.
 */
public final class Folders {

    /** What is taken for an image; some of these cannot be read here, and are then told of. */
    private static final Set<String> IMAGE_ENDINGS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp", "avif", "heic", "heif", "jp2",
            "jxl", "mpo", "dng", "pfm", "ppm", "pgm");

    private Folders() {}

    /** The folder's entries that match, by name; none when there is no such folder. */
    public static List<Path> list(Path folder, Predicate<Path> filter) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Folders::isSeen).filter(filter).sorted().toList();
        } catch (IOException e) {
            throw FileErrors.unreadable(folder, e);
        }
    }

    private static boolean isSeen(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.equals("__MACOSX");
    }

    public static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    /** The folder's files of this ending, whatever its case. */
    public static List<Path> files(Path folder, String ending) {
        return list(folder, file -> Files.isRegularFile(file) && ending(file).equals(ending));
    }

    public static List<Path> images(Path folder) {
        return list(folder, Folders::isImage);
    }

    /** The images in the folder and below it, each folder's own before those below. */
    public static List<Path> imagesBelow(Path folder) {
        return FolderWalk.files(folder, Folders::isImage);
    }

    /** The files of this ending in the folder and below it. */
    public static List<Path> filesBelow(Path folder, String ending) {
        return FolderWalk.files(
                folder, file -> Files.isRegularFile(file) && ending(file).equals(ending));
    }

    public static boolean isImage(Path file) {
        return IMAGE_ENDINGS.contains(ending(file)) && Files.isRegularFile(file);
    }

    /** The image of this name, whatever its ending, in a folder; null when there is none. */
    public static @Nullable Path image(Path folder, String stem) {
        for (String ending : List.of("jpg", "jpeg", "png", "JPG", "JPEG", "PNG")) {
            Path file = resolve(folder, stem + "." + ending);
            if (file != null && Files.isRegularFile(file)) {
                return file;
            }
        }
        List<Path> others = list(folder, file -> stem(file).equals(stem) && isImage(file));
        return others.isEmpty() ? null : others.get(0);
    }

    /**
     * The file that a name written on any system means below a folder: with slashes where it has backslashes, if that is the
     * file which exists. Null when the name cannot be one.
     */
    public static @Nullable Path resolve(Path folder, String name) {
        try {
            Path file = folder.resolve(name);
            if (name.indexOf('\\') >= 0 && !Files.exists(file)) {
                Path slashed = folder.resolve(name.replace('\\', '/'));
                return Files.exists(slashed) ? slashed : file;
            }
            return file;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The folder a file lies in. */
    public static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    /** The file's name without its ending. */
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The file's ending in lower case, without its dot. */
    public static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
