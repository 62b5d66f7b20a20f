package dev.parfocal.tune.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Trials in processes of their own: a crash in native code costs one trial. */
public final class ProcessTrials implements Trials {

    private final int slots;
    private final List<String> command;
    private final IntFunction<Path> errors;
    private final TimeLimit limit;
    private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private volatile boolean closing;

    /**
     * Processes of a program that calls {@link TrialProcess#serve}.
     *
     * @param slots at least 1
     * @param errors of a trial's number: the file that takes its standard error
     */
    public ProcessTrials(int slots, List<String> command, IntFunction<Path> errors, TimeLimit limit) {
        this.slots = slots;
        this.command = List.copyOf(command);
        this.errors = errors;
        this.limit = limit;
        threads = Executors.newFixedThreadPool(slots, task -> {
            Thread thread = new Thread(task, "parfocal-process");
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
            Outcome outcome;
            try {
                outcome = run(job, observer);
            } catch (IOException | RuntimeException e) {
                outcome = Outcome.failed("its process could not be run: " + Reasons.of(e));
            } catch (InterruptedException e) {
                outcome = Outcome.stopped();
            }
            observer.ended(job.trial(), closing ? Outcome.stopped() : outcome);
        });
    }

    private Outcome run(Job job, Observer observer) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(new ProcessBuilder(command), errors.apply(job.trial()));
                TimeLimit.Clock clock = limit.start(() -> stop(child))) {
            running.add(child);
            try {
                child.send(Protocol.written(job));
                return clock.judged(listen(job, child, observer));
            } finally {
                running.remove(child);
            }
        }
    }

    /** Hears a process out. */
    private static Outcome listen(Job job, ChildProcess child, Observer observer) throws InterruptedException {
        for (String line = child.next(); line != null; line = child.next()) {
            Optional<Outcome> end = Protocol.end(line);
            if (end.isPresent()) {
                return end.get();
            }
            String answer = Protocol.answer(line, job.trial(), observer);
            if (!answer.isEmpty()) {
                child.send(answer);
            }
        }
        return child.wasAskedToEnd() ? Outcome.stopped() : Outcome.failed(child.death());
    }

    /** Asks a process to stop, and kills it if it does not. */
    private static void stop(ChildProcess child) {
        child.stop();
        CompletableFuture.delayedExecutor(ChildProcess.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .execute(child::kill);
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        running.forEach(ChildProcess::stop);
        try {
            if (!threads.awaitTermination(ChildProcess.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                running.forEach(ChildProcess::kill);
            }
        } catch (InterruptedException e) {
            running.forEach(ChildProcess::kill);
            Thread.currentThread().interrupt();
        }
    }
}
