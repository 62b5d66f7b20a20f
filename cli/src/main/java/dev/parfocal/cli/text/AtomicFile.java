package dev.parfocal.cli.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear complete or not at all: written beside their place, then moved there. */
public final class AtomicFile {

    private AtomicFile() {}

    /** What writes the content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes a file, replacing the one that may be there; leaves that untouched if anything fails. A link is followed; what
     * is no ordinary file, a pipe say, is written to as it is.
     */
    public static void write(Path file, Content content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory; name a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.writeTo(stream);
            }
            return;
        }
        replace(Files.exists(file) ? file.toRealPath() : file, content);
    }

    private static void replace(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.writeTo(stream);
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
