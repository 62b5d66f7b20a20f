package dev.parfocal.detection.format.raw;

import dev.parfocal.detection.file.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the image that an annotation file names.
 *
 * @param roots the folders that names may be relative to, most likely first
 */
public record ImageSearch(List<Path> roots) {

    private static final Pattern ABSOLUTE = Pattern.compile("^([A-Za-z]:)?[/\\\\].*|^[a-z]+://.*");

    /**
     * What a name led to.
     *
     * @param shortened whether only the end of an absolute path was found
     */
    public record Found(Path file, boolean shortened) {}

    /** The image's file, or where it should be when it is nowhere. */
    public Found find(@Nullable String name) {
        Path first = roots.get(0);
        if (name == null) {
            return new Found(first.resolve("(no file_name)"), false);
        }
        for (Path root : roots) {
            Path file = Folders.resolve(root, name);
            if (file == null) {
                return new Found(first.resolve("(no valid file_name)"), false);
            }
            if (Files.isRegularFile(file)) {
                return new Found(file, false);
            }
        }
        if (ABSOLUTE.matcher(name).matches()) {
            Optional<Path> end = byEnd(name);
            if (end.isPresent()) {
                return new Found(end.get(), true);
            }
        }
        return new Found(Objects.requireNonNullElse(Folders.resolve(first, name), first), false);
    }

    /** An absolute path of another machine: the longest end of it that is here. */
    private Optional<Path> byEnd(String name) {
        String[] steps = name.replace('\\', '/').split("/+");
        for (int from = 1; from < steps.length; from++) {
            String end = String.join("/", Arrays.copyOfRange(steps, from, steps.length));
            for (Path root : roots) {
                Path file = Folders.resolve(root, end);
                if (file != null && Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
