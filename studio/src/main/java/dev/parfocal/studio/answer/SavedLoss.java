package dev.parfocal.studio.answer;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The one file that the studio writes. */
public final class SavedLoss {

    private final Path file;

    /** The file need not be there yet. */
    public SavedLoss(Path file) {
        this.file = file;
    }

    /**
     * The file as it is.
     *
     * @param file its path
     * @param text what it holds; null if it is not there
     */
    public record Stored(String file, @Nullable String text) {}

    /**
     * What the page wants to write.
     *
     * @param text the new text
     * @param before what the page believes the file to hold; null if it is not there
     */
    public record Request(String text, @Nullable String before) {}

    /** Reads the file. */
    public synchronized Stored read() {
        try {
            return new Stored(
                    file.toString(), Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : null);
        } catch (IOException e) {
            throw new ParfocalException(file + ": cannot read this file: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the file, if it holds what the page believes.
     *
     * @throws ParfocalException if the text is no loss, or another tab or program has changed the file
     */
    public synchronized Stored write(Request request) {
        Loss.parse(request.text(), file.getFileName().toString());
        String now = read().text();
        boolean same = now == null ? request.before() == null : now.equals(request.before());
        if (!same) {
            throw new ParfocalException(
                    file.getFileName()
                            + " has changed since this page read it, in another tab or program: copy your text, and reload the page");
        }
        AtomicFile.write(file, stream -> stream.write(request.text().getBytes(StandardCharsets.UTF_8)));
        return read();
    }
}
