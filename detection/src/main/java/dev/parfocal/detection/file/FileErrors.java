package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What a failed file operation means, in words. */
public final class FileErrors {

    private FileErrors() {}

    /** The error that names the file and the reason. */
    public static ParfocalException unreadable(Path path, IOException cause) {
        return new ParfocalException(path + ": cannot read this file: " + reason(cause), cause);
    }

    /** The JDK's exceptions often carry only the file's name; their type says what is wrong. */
    public static String reason(Throwable thrown) {
        Throwable cause = thrown instanceof IOException || thrown.getCause() == null ? thrown : thrown.getCause();
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission";
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return cause.getMessage() + " is a file, not a folder";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return String.valueOf(cause.getMessage());
    }
}
