package dev.parfocal.cli.text;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a user names for a result. */
public final class OutputFile {

    private OutputFile() {}

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
