package dev.parfocal.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the chunks of a task with its caller. They are started when first needed, wait between tasks, and do
 * not keep the program alive. While one task has them, another is done by its caller alone.
 */
public final class Workers {

    private static final int SPINS = 1000;
    /** Not a lock that its owner may take again: a task within a task must not take the threads that the outer one has. */
    private static final AtomicBoolean BUSY = new AtomicBoolean();

    private static final List<Worker> STARTED = new ArrayList<>();

    /** Work that falls into chunks. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one chunk.
         *
         * @param worker which thread does it: 0 is the caller
         */
        void run(int worker, int chunk);
    }

    private Workers() {}

    /**
     * Does every chunk of a task once, on at most {@code threads} threads, and returns when all are done. If chunks throw,
     * what the first of them throws is thrown, and later ones may be left out.
     */
    public static void run(int threads, int chunks, Task task) {
        int helpers = Math.min(threads, chunks) - 1;
        Job job = new Job(chunks, task, Thread.currentThread());
        if (helpers > 0 && BUSY.compareAndSet(false, true)) {
            try {
                start(helpers);
                job.share(STARTED.subList(0, helpers));
            } finally {
                BUSY.set(false);
            }
        } else {
            job.work(0);
        }
        job.rethrow();
    }

    private static void start(int count) {
        while (STARTED.size() < count) {
            Worker worker = new Worker(STARTED.size() + 1);
            worker.setDaemon(true);
            worker.start();
            STARTED.add(worker);
        }
    }

    /** A task under way. */
    private static final class Job {

        private final int chunks;
        private final Task task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helping = new AtomicInteger();
        private @Nullable Throwable failure;
        private volatile int failed = Integer.MAX_VALUE;

        Job(int chunks, Task task, Thread caller) {
            this.chunks = chunks;
            this.task = task;
            this.caller = caller;
        }

        void share(List<Worker> workers) {
            helping.set(workers.size());
            workers.forEach(worker -> worker.give(this));
            work(0);
            for (int spin = 0; helping.get() > 0; spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }

        /** Chunks are taken in ascending order, so every chunk before one that fails is done or being done. */
        void work(int worker) {
            for (int chunk = next.getAndIncrement(); chunk < chunks && chunk < failed; chunk = next.getAndIncrement()) {
                try {
                    task.run(worker, chunk);
                } catch (RuntimeException | Error e) {
                    fail(chunk, e);
                }
            }
        }

        private synchronized void fail(int chunk, Throwable thrown) {
            if (chunk < failed) {
                failed = chunk;
                failure = thrown;
            }
        }

        void finished() {
            if (helping.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }

        synchronized void rethrow() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }

    /** One thread. */
    private static final class Worker extends Thread {

        private final int number;
        private volatile @Nullable Job job;

        Worker(int number) {
            super("parfocal-worker-" + number);
            this.number = number;
        }

        void give(Job next) {
            job = next;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            for (int spin = 0; ; spin++) {
                Job current = job;
                if (current != null) {
                    job = null;
                    current.work(number);
                    current.finished();
                    spin = 0;
                } else if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }
    }
}
