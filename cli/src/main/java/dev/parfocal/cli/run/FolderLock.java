package dev.parfocal.cli.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a folder; the lock of a process that dies dies with it. */
public final class FolderLock {

    private static final String LOCK = ".lock";

    private FolderLock() {}

    /** Work in a folder. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Works in a folder, which is made if need be, while no other process does.
     *
     * @throws ParfocalException if another process has it, or it cannot be written to
     */
    public static <T> T holding(Path folder, Work<T> work) throws IOException {
        try (FileChannel channel = open(folder)) {
            if (tryLock(channel) == null) {
                throw new ParfocalException(
                        "another process works in " + folder + ": wait for it, or name another --out");
            }
            return work.run();
        }
    }

    static boolean isLock(Path file) {
        return file.endsWith(LOCK);
    }

    /** Removes the lock of a folder in which nobody works. */
    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(LOCK));
    }

    private static FileChannel open(Path folder) {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ParfocalException(folder + ": cannot write to this folder: " + FileErrors.reason(e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
