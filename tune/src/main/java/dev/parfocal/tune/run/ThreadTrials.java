package dev.parfocal.tune.run;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Trials on threads of this program. */
public final class ThreadTrials implements Trials {
    private static final long PATIENCE_SECONDS = 60;

    private final int slots;
    private final Objective objective;
    private final TimeLimit limit;
    private final ExecutorService threads;
    private volatile boolean closing;

    /** At least one thread. */
    public ThreadTrials(int slots, Objective objective) {
        this(slots, objective, TimeLimit.NONE);
    }

    /** A trial whose time is over is interrupted. */
    public ThreadTrials(int slots, Objective objective, TimeLimit limit) {
        this.slots = slots;
        this.objective = objective;
        this.limit = limit;
        threads = Executors.newFixedThreadPool(slots, task -> {
            Thread thread = new Thread(task, "parfocal-trial");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void start(Job job, Observer observer) {
        threads.execute(() -> {
            Outcome outcome = guarded(job, (step, value) -> observer.reported(job.trial(), step, value));
            observer.ended(job.trial(), closing ? Outcome.stopped() : outcome);
        });
    }

    private Outcome guarded(Job job, Objective.Progress progress) {
        try (TimeLimit.Clock clock = limit.start(Thread.currentThread()::interrupt)) {
            return clock.judged(run(job, progress));
        } finally {
            // An interrupt was for this trial, not for the next one on the thread.
            Thread.interrupted();
        }
    }

    private Outcome run(Job job, Objective.Progress progress) {
        try {
            return objective.run(job, progress);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Outcome.failed(Reasons.of(e));
        }
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
