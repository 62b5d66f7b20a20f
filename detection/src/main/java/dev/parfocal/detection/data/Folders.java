package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
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

/** What lies in a data set's folders. */
final class Folders {

    private static final Set<String> IMAGE_ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp");

    private Folders() {}

    /** The folder's entries that match, by name; none when there is no such folder. */
    static List<Path> list(Path folder, Predicate<Path> filter) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(filter).sorted().toList();
        } catch (IOException e) {
            throw FileErrors.unreadable(folder, e);
        }
    }

    static List<Path> files(Path folder, String ending) {
        return list(folder, file -> Files.isRegularFile(file) && ending(file).equals(ending));
    }

    static List<Path> images(Path folder) {
        return list(folder, file -> Files.isRegularFile(file) && IMAGE_ENDINGS.contains(ending(file)));
    }

    /** The image of this name, whatever its ending, among those of a folder. */
    static @Nullable Path image(Path folder, String stem) {
        for (String ending : List.of("jpg", "jpeg", "png", "JPG", "JPEG", "PNG", "bmp")) {
            Path file = resolve(folder, stem + "." + ending);
            if (file != null && Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /** The folder's file of this name; null when the name cannot be one. */
    static @Nullable Path resolve(Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The folder a file lies in. */
    static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    /** The file's name without its ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The text file's lines, stripped; the first is at index 0. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .toList();
        } catch (MalformedInputException e) {
            throw new ParfocalException(file + ": this is not a UTF-8 text file", e);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /** A number as annotation tools write it, NaN and infinity included. */
    static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
