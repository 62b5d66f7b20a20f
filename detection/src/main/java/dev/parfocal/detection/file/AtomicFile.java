package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;

/** Writes a file so that it appears complete or not at all: beside its place first, then renamed. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    /**
     * Writes the file, creating its folder; an older file of that name stays until the new one is on the disk.
     *
     * @throws ParfocalException when it cannot be written; no half-written file is left
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                OutputStream output = new OpenStream(Channels.newOutputStream(channel));
                content.writeTo(output);
                output.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException | JacksonException e) {
            delete(temporary);
            throw new ParfocalException(file + ": cannot write this file: " + FileErrors.reason(e), e);
        } catch (RuntimeException | Error e) {
            delete(temporary);
            throw e;
        }
    }

    /** Writers may close what they write to, but the file must stay open until its bytes are on the disk. */
    private static final class OpenStream extends BufferedOutputStream {

        OpenStream(OutputStream output) {
            super(output, 1 << 16);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // The write's own failure is the one to report.
        }
    }
}
