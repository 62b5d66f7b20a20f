package dev.parfocal.cli.command;

import dev.parfocal.cli.report.CommandFile;
import dev.parfocal.cli.report.FailureFile;
import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Gate;
import dev.parfocal.training.run.Incident;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Trainer;
import dev.parfocal.training.run.TrainingResult;
import dev.parfocal.training.weights.WeightReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** A training that leaves beside its record by what command it was made, why it failed if it did, and a page. */
final class RecordedRun implements ProgressListener {
    private final Path run;
    private final List<String> arguments;
    private final ProgressListener words;
    private boolean hasStarted;

    private RecordedRun(Path run, List<String> arguments, ProgressListener words) {
        this.run = run;
        this.arguments = arguments;
        this.words = words;
    }

    /** What the user typed after the program's name. */
    static List<String> arguments(CommandSpec spec) {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    /**
     * Trains as {@link Trainer#train} does. The page of a run that comes to its end is left to the caller, who scores it
     * first.
     */
    static TrainingResult train(
            RunConfig config,
            Dataset train,
            Dataset val,
            Path run,
            boolean resume,
            ProgressListener words,
            CommandSpec spec) {
        RecordedRun recorded = new RecordedRun(run, arguments(spec), words);
        try {
            // The program's end waits for the page too.
            return Gate.pass(() -> {
                TrainingResult result = Trainer.train(config, train, val, run, resume, recorded);
                if (result.interrupted()) {
                    recorded.page();
                }
                return result;
            });
        } catch (ParfocalException e) {
            recorded.failed(e);
            throw e;
        }
    }

    private void failed(ParfocalException failure) {
        if (!hasStarted) {
            return;
        }
        try {
            FailureFile.write(run, String.valueOf(failure.getMessage()));
            page();
        } catch (IOException | UncheckedIOException | ParfocalException e) {
            failure.addSuppressed(e);
        }
    }

    private void page() {
        PagedTraining.write(() -> ReportFile.ofTraining(run));
    }

    @Override
    public void started(Start start) {
        hasStarted = true;
        try {
            CommandFile.of(run).add(arguments);
            FailureFile.clear(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.started(start);
    }

    @Override
    public void loaded(WeightReport report) {
        words.loaded(report);
    }

    @Override
    public void weighed(Map<String, Map<String, Double>> weights) {
        words.weighed(weights);
    }

    @Override
    public void gained(Map<String, Double> gain) {
        words.gained(gain);
    }

    @Override
    public void step(Step step) {
        words.step(step);
    }

    @Override
    public void evaluated(int epoch, Map<String, Double> metrics) {
        words.evaluated(epoch, metrics);
    }

    @Override
    public void incident(Incident incident) {
        words.incident(incident);
    }

    @Override
    public void stopped(long step, Path stopped) {
        words.stopped(step, stopped);
    }
}
