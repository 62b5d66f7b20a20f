package dev.parfocal.training.engine;

import dev.parfocal.core.ParfocalException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are replaced as a whole or not at all. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes {@code bytes} to a temporary file beside {@code file}, forces them to the disk and renames it.
     *
     * @throws ParfocalException if that fails; {@code file} is then as before and no temporary file is left
     */
    public static void write(Path file, byte[] bytes) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            writeForced(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(temporary);
            throw new ParfocalException(
                    "cannot write " + file + " (" + e.getMessage()
                            + "): make room or choose another folder; an earlier version of the file is as it was",
                    e);
        }
    }

    private static void writeForced(Path file, byte[] bytes) throws IOException {
        // A stream, not a channel: an interrupt, which asks for a stop, would close a channel.
        try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
            stream.write(bytes);
            stream.getFD().sync();
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(AtomicFile.class).warn("cannot remove {}: {}", temporary, e.getMessage());
        }
    }
}
