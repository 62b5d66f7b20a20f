package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.ChildProcess;
import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.Job;
import dev.parfocal.tune.run.Outcome;
import dev.parfocal.tune.run.Program;
import dev.parfocal.tune.run.Protocol;
import dev.parfocal.tune.run.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trials on Apache Spark: for each a job of one task, in a job group of its own, submitted from a thread of the driver.
 * The task starts the trial's process; reports and answers go through {@link TrialPlugin}; the end is the task's result,
 * which Spark delivers once however many attempts it took.
 */
public final class SparkTrials implements Trials {
    private static final int PATIENCE_SECONDS = 10;

    /** What the launcher sets for the sake of speed, for processes on other machines too. */
    private static final String TUNED = "MALLOC_.*|OPENBLAS_NUM_THREADS|GOMP_SPINCOUNT";

    private final JavaSparkContext context;
    private final Cluster.Request request;
    private final Runnable after;
    private final DriverSide driver = DriverSide.here();
    private final Shared shared;
    private final Assignment.Launch launch;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<Integer, Conversation> conversations = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "parfocal-spark");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;

    /**
     * Trials on an application that runs already; it goes on when this is closed.
     *
     * @param context whose {@code spark.plugins} names {@link TrialPlugin}, and whose {@code spark.task.cpus} are the
     *     request's threads
     */
    public SparkTrials(JavaSparkContext context, Cluster.Request request) {
        this(context, request, () -> {}, PATIENCE_SECONDS);
    }

    SparkTrials(JavaSparkContext context, Cluster.Request request, Runnable after, int patienceSeconds) {
        this.context = context;
        this.request = request;
        this.after = after;
        Program program = request.program();
        launch = new Assignment.Launch(
                List.copyOf(program.options()),
                program.classPath().stream()
                        .map(jar -> Path.of(jar).toAbsolutePath().toString())
                        .toList(),
                program.main(),
                List.copyOf(program.words()),
                Path.of("").toAbsolutePath().toString());
        shared = new Shared(
                request.folder().toAbsolutePath().toString(),
                UUID.randomUUID().toString(),
                request.needs().stream()
                        .map(each -> each.toAbsolutePath().toString())
                        .toList(),
                patienceSeconds);
        System.getenv().forEach((name, value) -> {
            if (name.matches(TUNED)) {
                environment.put(name, value);
            }
        });
        try {
            shared.mark();
        } catch (IOException e) {
            throw new ParfocalException("cannot write to the study's folder " + request.folder() + " (" + e + ")", e);
        }
        driver.add(shared.token(), this::heard);
        driver.capacity().whenLost(text -> {
            if (!closing) {
                request.say().accept(text);
            }
        });
    }

    private String heard(Word word) {
        Conversation conversation = conversations.get(word.trial());
        return conversation == null || closing ? Protocol.STOP : conversation.heard(word);
    }

    /** As many as fit on the executors that are there; when there is none, one, which waits. */
    @Override
    public int slots() {
        return Math.max(1, driver.capacity().slots());
    }

    @Override
    public void start(Job job, Observer observer) {
        threads.execute(() -> {
            Outcome outcome = run(job, observer);
            observer.ended(job.trial(), closing ? Outcome.stopped() : outcome);
        });
    }

    private Outcome run(Job job, Observer observer) {
        Runnable cancel = () -> context.sc().cancelJobGroup(group(job.trial()));
        try (Conversation conversation = new Conversation(job.trial(), observer, request.limit(), cancel)) {
            conversations.put(job.trial(), conversation);
            return conversation.judged(outcome(submit(job)));
        } catch (InterruptedException e) {
            return Outcome.stopped();
        } catch (Exception e) {
            // Scala does not declare what it throws.
            return ended(e);
        } finally {
            conversations.remove(job.trial());
        }
    }

    private String group(int trial) {
        return "parfocal-" + shared.token() + "-" + trial;
    }

    private Future<List<Ending>> submit(Job job) {
        context.setJobGroup(group(job.trial()), "trial " + job.trial() + " " + job.settings(), true);
        String log = request.folder()
                .toAbsolutePath()
                .resolve("trials")
                .resolve(String.format(Locale.ROOT, "%04d.log", job.trial()))
                .toString();
        Assignment work =
                new Assignment(shared.token(), job.trial(), Protocol.written(job), log, launch, shared, environment);
        return context.parallelize(List.of(work), 1).map(new TrialTask()).collectAsync();
    }

    private Outcome outcome(Future<List<Ending>> result) throws InterruptedException {
        try {
            Ending ending = result.get().get(0);
            return switch (ending.kind()) {
                case TOLD ->
                    Protocol.end(ending.text())
                            .orElseGet(() -> Outcome.failed("its end cannot be read: " + ending.text()));
                case DIED -> Outcome.failed(ending.text());
                case UNSEEN ->
                    Outcome.unusable(
                            ending.text()
                                    + "; the study's folder and the data must lie on storage that all machines see by the same path");
            };
        } catch (CancellationException e) {
            return Outcome.failed("Spark cancelled it");
        } catch (ExecutionException e) {
            return ended(e.getCause() == null ? e : e.getCause());
        }
    }

    /** What a job that has no result means: if Spark itself has ended, the trial is not to blame. */
    private Outcome ended(Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return context.sc().isStopped()
                ? Outcome.unusable("Spark has ended the application (" + reason + "); the same command goes on")
                : Outcome.failed("Spark gave it up: " + reason);
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!context.sc().isStopped()) {
                conversations.keySet().forEach(trial -> context.sc().cancelJobGroup(group(trial)));
                threads.awaitTermination(ChildProcess.PATIENCE_SECONDS, TimeUnit.SECONDS);
                // Processes write their checkpoints now.
                driver.capacity().awaitIdle(ChildProcess.PATIENCE_SECONDS);
            }
            shared.unmark();
        } catch (IOException e) {
            // A file of no consequence stays.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        driver.remove(shared.token());
        after.run();
    }
}
