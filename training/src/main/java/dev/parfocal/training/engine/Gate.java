package dev.parfocal.training.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps the program's end and the engine's work apart: the engine's libraries tear themselves down when the process exits,
 * and a thread that still computes with them then would crash. Ctrl-C waits until the work under way is done, and no new
 * work begins.
 */
public final class Gate {
    private static final long PATIENCE_SECONDS = 60;
    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Gate::close, "parfocal-gate"));
    }

    private Gate() {}

    /** Runs a task that the program's end waits for; tasks may nest and run side by side. */
    public static <T> T pass(Supplier<T> task) {
        LOCK.readLock().lock();
        try {
            return task.get();
        } finally {
            LOCK.readLock().unlock();
        }
    }

    private static void close() {
        try {
            // Never opened again: the process ends.
            LOCK.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
