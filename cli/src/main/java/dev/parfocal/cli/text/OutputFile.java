package dev.parfocal.cli.text;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that a user names for a result. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Refuses to write over what is read.
     *
     * @param option by which the user named the file
     * @param inputs files that the command reads
     * @throws ParfocalException if the file is one of them, by whatever path or link
     */
    public static void requireOther(Path file, String option, List<Path> inputs) throws IOException {
        for (Path input : inputs) {
            if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
                throw new ParfocalException(option + " " + file + " is "
                        + (file.equals(input) ? "a file" : input + ",")
                        + " which this command reads: name another file, so that it is not overwritten");
            }
        }
    }

    /**
     * Refuses two results in one file.
     *
     * @throws ParfocalException if the files are the same
     */
    public static void requireOther(Path file, String option, @Nullable Path other, String otherOption)
            throws IOException {
        if (other == null) {
            return;
        }
        boolean same = Files.exists(file) && Files.exists(other)
                ? Files.isSameFile(file, other)
                : file.toAbsolutePath()
                        .normalize()
                        .equals(other.toAbsolutePath().normalize());
        if (same) {
            throw new ParfocalException(
                    option + " " + file + " is the file of " + otherOption + ", too: name another file");
        }
    }

    /**
     * Writes a file that appears complete or not at all, creating its folder. A link is followed; what is no ordinary file,
     * a pipe say, is written to as it is.
     *
     * @throws ParfocalException if it cannot be written; an older file of that name is then as it was
     */
    public static void write(Path file, AtomicFile.Content content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ParfocalException(file + " is a directory: name a file");
        }
        if (!Files.exists(file)) {
            AtomicFile.write(file, content);
        } else if (Files.isRegularFile(file)) {
            AtomicFile.write(file.toRealPath(), content);
        } else {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.writeTo(stream);
            } catch (IOException e) {
                throw new ParfocalException(file + ": cannot write this file: " + e.getMessage(), e);
            }
        }
    }
}
