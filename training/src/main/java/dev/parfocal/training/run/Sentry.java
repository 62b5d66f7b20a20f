package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.LossFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.guard.BatchNames;
import dev.parfocal.training.guard.GuardConfig;
import dev.parfocal.training.guard.IncidentFile;
import dev.parfocal.training.guard.IncidentFolder;
import dev.parfocal.training.guard.Verdict;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deals with failed steps: finds out where they failed, keeps what is needed to look into them, applies the policy. */
final class Sentry {
    private final RunConfig config;
    private final GuardConfig guard;
    private final TrainingState state;
    private final StepRunner runner;
    private final Checkpoints checkpoints;
    private final IncidentFolder folder;
    private final Map<String, String> losses;

    Sentry(RunConfig config, RunDirectory run, TrainingState state, StepRunner runner, Checkpoints checkpoints) {
        this.config = config;
        this.guard = config.guard();
        this.state = state;
        this.runner = runner;
        this.checkpoints = checkpoints;
        folder = new IncidentFolder(run.incidents(), guard);
        losses = LossFiles.texts(config.toYaml());
    }

    /**
     * Deals with a failed step; the state is then as the run goes on from.
     *
     * @throws ParfocalException if the run must stop
     */
    Incident handle(StepFailure failure) {
        runner.undo().restore();
        long step = state.step + 1;
        TensorFile before = state.toFile();
        Verdict verdict = examine(failure, step);
        Optional<Path> file = folder.keep(incident(failure.images(), before, verdict), step);
        String words = "step " + step + ": " + verdict.sentence();
        String kept = file.map(path -> ". To look into it: parfocal replay " + path)
                .orElse(". It is not kept, for it takes more than guard.megabytes");
        switch (guard.policy()) {
            case STOP -> throw new ParfocalException(words + kept + checkpoints.advice());
            case SKIP -> skip(step, words + kept);
            case ROLLBACK -> rollBack(words + kept);
        }
        return new Incident(step, words, file, state.step, state.recovery.rateFactor);
    }

    private Verdict examine(StepFailure failure, long step) {
        try {
            Verdict verdict = runner.examine(failure.images());
            if (verdict.origin().isEmpty()) {
                throw new ParfocalException(failure.reason().getMessage()
                        + "; but everything was finite when the step was taken again: that points to the machine");
            }
            return verdict;
        } catch (ParfocalException e) {
            throw new ParfocalException("step " + step + ": " + e.getMessage(), e);
        } finally {
            runner.undo().restore();
        }
    }

    private void skip(long step, String words) {
        if (state.recovery.inRow == guard.skips()) {
            throw new ParfocalException(words + ". The " + guard.skips() + " steps before it were skipped, as many as"
                    + " guard.skips allows");
        }
        state.recovery.skipped++;
        state.recovery.inRow++;
        state.step = step;
    }

    private void rollBack(String words) {
        if (state.recovery.rollbacks == guard.rollbacks()) {
            throw new ParfocalException(words + ". The run was rolled back " + guard.rollbacks()
                    + " times before, as often as guard.rollbacks allows");
        }
        checkpoints.rollBack(state);
    }

    private IncidentFile incident(Batches.Images images, TensorFile before, Verdict verdict) {
        FloatBuffer planes = images.planes().duplicate();
        float[] copy = new float[planes.limit()];
        planes.get(0, copy);
        long[] shape = {
            images.objects().size(),
            3,
            config.model().input().height(),
            config.model().input().width()
        };
        List<BatchNames.Picture> pictures = pictures(images);
        return new IncidentFile(
                before,
                config.toYaml(),
                losses,
                runner.classes(),
                pictures,
                images.objects(),
                copy,
                shape,
                runner.steps(),
                config.resolvedThreads(),
                verdict.table());
    }

    static List<BatchNames.Picture> pictures(Batches.Images images) {
        return images.samples().stream().map(Sentry::picture).toList();
    }

    private static BatchNames.Picture picture(Sample sample) {
        return new BatchNames.Picture(sample.id(), sample.file().toString());
    }
}
