package dev.parfocal.cli.tune;

import dev.parfocal.cli.run.DataParts;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Trainer;
import dev.parfocal.training.run.TrainingResult;
import dev.parfocal.tune.run.Job;
import dev.parfocal.tune.run.Objective;
import dev.parfocal.tune.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A trial that trains a detector: in a folder of its own, where a trial that was stopped goes on from its checkpoint.
 *
 * @param study the study's folder
 * @param metric what is reported at each evaluation
 */
public record TrainingObjective(RunConfig base, SearchNames names, DataParts parts, Path study, String metric)
        implements Objective {

    /** How systems say that a disk, or one's share of it, is full. */
    private static final List<String> FULL = List.of("no space left", "not enough space", "quota exceeded");

    /** The metric that is no result of an evaluation: how long training took. */
    public static final String SECONDS = "seconds";

    /** The folder of a trial. */
    public static Path folder(Path study, int trial) {
        return study.resolve("trials").resolve(String.format(Locale.ROOT, "%04d", trial));
    }

    @Override
    public Outcome run(Job job, Progress progress) {
        Path run = folder(study, job.trial());
        try {
            Files.createDirectories(run.getParent());
            Path alone = run.resolveSibling(run.getFileName() + ".lock");
            // A process whose driver was killed may still be writing its checkpoint.
            try (FileChannel channel = FileChannel.open(alone, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return lock.isValid() ? trained(job, run, progress) : Outcome.stopped();
            } finally {
                Files.deleteIfExists(alone);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome trained(Job job, Path run, Progress progress) throws IOException {
        boolean resumes = Files.exists(run.resolve("checkpoint.safetensors"));
        if (!resumes) {
            clear(run);
        }
        RunConfig config;
        try {
            Configuration<RunConfig> given = names.configured(job.settings());
            if (resumes) {
                // The place where it began may have given it another number of threads.
                Path begun = run.resolve("config.yaml");
                given = given.with("threads", RunConfig.read(begun).threads(), begun.toString());
            }
            config = given.value();
        } catch (ParfocalException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
        Watch watch = new Watch(metric, config.epochs(), progress);
        TrainingResult result;
        try {
            result = Trainer.train(config, parts.train(), parts.val(), run, resumes, watch);
        } catch (ParfocalException e) {
            if (isFullDisk(e)) {
                return Outcome.unusable(e.getMessage() + ". Afterwards the same command goes on");
            }
            throw e;
        }
        if (result.interrupted()) {
            return watch.givesUp ? Outcome.pruned() : Outcome.stopped();
        }
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        metrics.put(SECONDS, result.training().toMillis() / 1e3);
        return Outcome.done(metrics);
    }

    /** A full disk says nothing about the trial, and the next one would fare the same. */
    static boolean isFullDisk(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof IOException && FULL.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /** Removes what a trial left that was killed before its first checkpoint. */
    private static void clear(Path run) throws IOException {
        if (!Files.exists(run)) {
            return;
        }
        try (Stream<Path> files = Files.walk(run)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /** Reports evaluations, and interrupts the training that is to be given up: it stops after the next step. */
    private static final class Watch implements ProgressListener {
        private final String metric;
        private final int epochs;
        private final Progress progress;
        private boolean givesUp;

        Watch(String metric, int epochs, Progress progress) {
            this.metric = metric;
            this.epochs = epochs;
            this.progress = progress;
        }

        @Override
        public void evaluated(int epoch, Map<String, Double> metrics) {
            Double value = metrics.get(metric);
            // The last evaluation is the result: there is nothing left to give up.
            if (value != null && epoch < epochs && !progress.goesOn(epoch, value)) {
                givesUp = true;
                Thread.currentThread().interrupt();
            }
        }
    }
}
