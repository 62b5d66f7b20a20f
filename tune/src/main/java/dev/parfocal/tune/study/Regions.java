package dev.parfocal.tune.study;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks on bytes of a file, held by the operating system: they end with the program that holds them, whatever ends it, so
 * none is ever stale and no clock is asked.
 *
 * <p>A system may let go of all of a program's locks on a file when the program closes any channel to it. So all users of
 * a file within one program share one channel, closed by the last of them.
 */
final class Regions {

    private static final Map<Path, Regions> OPEN = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Map<Long, FileLock> held = new HashMap<>();
    private int users;

    private Regions(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The locks of a file, which is made if need be; to be closed as often as opened. */
    static Regions open(Path file) throws IOException {
        synchronized (OPEN) {
            Path whole = file.toAbsolutePath().normalize();
            Regions regions = OPEN.get(whole);
            if (regions == null) {
                regions = new Regions(whole);
                OPEN.put(whole, regions);
            }
            regions.users++;
            return regions;
        }
    }

    void close() throws IOException {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(file);
                channel.close();
            }
        }
    }

    /** Waits for byte 0, also against other threads of this program. */
    FileLock lock() throws IOException {
        mutex.lock();
        try {
            return channel.lock(0, 1, false);
        } catch (IOException | RuntimeException e) {
            mutex.unlock();
            throw e;
        }
    }

    void unlock(FileLock lock) throws IOException {
        try {
            lock.release();
        } finally {
            mutex.unlock();
        }
    }

    /** Takes a byte if nobody has it; returns whether it did. */
    synchronized boolean take(long region) throws IOException {
        if (held.containsKey(region)) {
            return false;
        }
        FileLock lock = channel.tryLock(region, 1, false);
        if (lock != null) {
            held.put(region, lock);
        }
        return lock != null;
    }

    /** Lets go of a byte. */
    synchronized void free(long region) throws IOException {
        FileLock lock = held.remove(region);
        if (lock != null) {
            lock.release();
        }
    }

    /** Whether somebody has a byte, in this program or another. */
    synchronized boolean isTaken(long region) throws IOException {
        boolean taken = !take(region);
        if (!taken) {
            free(region);
        }
        return taken;
    }
}
