package dev.parfocal.cli.report;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The text files of a folder, any of which may be missing. */
final class TextFiles {

    private TextFiles() {}

    /**
     * What is in a file; nothing if there is no such file.
     *
     * @throws ParfocalException if it cannot be read
     */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new ParfocalException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The lines of a file; none if there is no such file. */
    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }
}
