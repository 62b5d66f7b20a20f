package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** What is said of a file that is not JSON, or not all of it. */
public final class BrokenJson {

    private BrokenJson() {}

    /** The error that names the file, the line and the column, and says what to do where the file was cut off. */
    public static ParfocalException error(Path file, JacksonException cause) {
        if (cause.getCause() instanceof IOException failure) {
            return FileErrors.unreadable(file, failure);
        }
        TokenStreamLocation at = cause.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return new ParfocalException(file + ": " + where + reason(cause), cause);
    }

    /** Jackson has a type of its own for some ends in the middle, and only a message for the others. */
    public static String reason(JacksonException cause) {
        String message = cause.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(" \\(for \\w+ starting at \\[Source.*", "");
        boolean cutOff =
                cause instanceof UnexpectedEndOfInputException || message.startsWith("Unexpected end-of-input");
        return cutOff ? "the JSON ends in the middle; the file is cut off, get it again" : "not JSON: " + message;
    }
}
