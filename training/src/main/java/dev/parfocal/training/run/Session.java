package dev.parfocal.training.run;

import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.sampling.RepeatFactors;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.record.Recorder;
import dev.parfocal.training.record.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One call of {@link Trainer#train}: the loop around the steps. */
final class Session {
    private final RunConfig config;
    private final Dataset train;
    private final Dataset val;
    private final RunDirectory run;
    private final ProgressListener listener;
    private final EpochOrder order;
    private final int perEpoch;
    private final long steps;
    private final Curriculum curriculum;
    private Map<String, Double> metrics = Map.of();
    private Map<String, Double> gain = Map.of();

    Session(RunConfig config, Dataset train, Dataset val, Path run, ProgressListener listener) {
        this.config = config;
        this.train = train;
        this.val = val;
        this.run = new RunDirectory(run);
        this.listener = listener;
        int images = train.samples().size();
        perEpoch = EpochOrder.perEpoch(images, Math.min(config.batch(), images));
        steps = (long) perEpoch * config.epochs();
        curriculum = new Curriculum(config.curriculum(), config.losses(), config.assigner(), steps);
        order = order();
    }

    private EpochOrder order() {
        SamplingConfig sampling = config.sampling();
        if (sampling.rare() == 0 && !curriculum.changesSampling()) {
            return EpochOrder.shuffled(train.samples(), config.batch(), config.seed());
        }
        RepeatFactors factors =
                RepeatFactors.of(train.samples(), train.categories().size(), sampling.below());
        return EpochOrder.repeated(
                train.samples(),
                config.batch(),
                config.seed(),
                factors,
                step -> curriculum.rare(step, sampling.rare()));
    }

    TrainingResult run(boolean resume) {
        double prior = Criterion.prior(config.loss());
        if (resume) {
            run.reopen(config, train.categories());
        } else {
            run.create(config, train.categories());
        }
        Engine.start(config.resolvedThreads());
        int classes = train.categories().size();
        DetectorModel model = new DetectorModel(
                config.model(), classes, prior, config.seed(), config.tasks().branches(classes));
        TrainingState state = new TrainingState(model, config);
        if (resume) {
            state.restore(TensorFile.read(run.checkpoint()));
        }
        listener.started(new ProgressListener.Start(
                model.weights().parameters(), train.samples().size(), config.epochs(), state.step, steps));
        try (StopRequest stop = new StopRequest();
                Recorder recorder = new Recorder(run.metrics(), state.step, classes(), config.record())) {
            boolean finished = loop(state, stop, recorder);
            if (!finished) {
                listener.stopped(state.step, run.path());
            }
            return new TrainingResult(
                    run.path(), metrics, Duration.ofMillis((long) (1000 * state.seconds)), state.step, !finished);
        }
    }

    /** Returns whether the run came to its end. */
    private boolean loop(TrainingState state, StopRequest stop, Recorder recorder) {
        StepRunner runner = new StepRunner(config, state, steps, curriculum);
        try (Batches batches = new Batches(
                order, config.augment().augmentation(), Inference.frame(config.model()), config.seed(), state.step)) {
            while (state.step < steps) {
                int epoch = (int) (state.step / perEpoch) + 1;
                StepRecord record = runner.take(batches, epoch);
                recorder.step(record);
                tellGain(state.criterion.gain().measured());
                listener.step(new ProgressListener.Step(record, steps, left(state)));
                boolean stops = stop.isRequested() && state.step < steps;
                boolean epochEnds = state.step % perEpoch == 0;
                if (stops || epochEnds && checkpointDue(epoch)) {
                    save(state);
                }
                if (stops) {
                    return false;
                }
                if (epochEnds && evaluationDue(epoch)) {
                    evaluate(state, epoch, recorder);
                }
            }
        } catch (InterruptedException e) {
            save(state);
            return false;
        }
        state.averaged().write(run.weights());
        if (metrics.isEmpty()) {
            evaluate(state, config.epochs(), recorder);
        }
        return true;
    }

    private void tellGain(Map<String, Double> now) {
        if (!now.equals(gain)) {
            gain = now;
            listener.gained(now);
        }
    }

    private List<String> classes() {
        return train.categories().stream().map(Category::name).toList();
    }

    /** The time to the end if steps take as long as those so far. */
    private Duration left(TrainingState state) {
        return Duration.ofMillis((long) (1000 * state.seconds / state.step * (steps - state.step)));
    }

    /** Writes the checkpoint; its time counts as training. */
    private void save(TrainingState state) {
        long start = System.nanoTime();
        state.toFile().write(run.checkpoint());
        state.seconds += (System.nanoTime() - start) / 1e9;
    }

    private boolean checkpointDue(int epoch) {
        return epoch == config.epochs() || epoch % config.checkpointEvery() == 0;
    }

    private boolean evaluationDue(int epoch) {
        return epoch == config.epochs() || config.evaluateEvery() > 0 && epoch % config.evaluateEvery() == 0;
    }

    private void evaluate(TrainingState state, int epoch, Recorder recorder) {
        state.withAverage(() -> {
            Evaluation evaluation = Evaluation.of(new Inference(state.model, config.detect(), config.tasks()), val);
            metrics = evaluation.metrics();
            CocoDetections.write(run.detections(), evaluation.detections(), val.categories());
        });
        run.writeEvaluation(metrics);
        recorder.evaluated(state.step, epoch, metrics);
        listener.evaluated(epoch, metrics);
    }
}
