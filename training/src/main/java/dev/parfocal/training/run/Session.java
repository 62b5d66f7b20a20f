package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.sampling.RepeatFactors;
import dev.parfocal.training.classes.ClassCounts;
import dev.parfocal.training.config.ReadingConfig;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.config.SamplingConfig;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.record.Recorder;
import dev.parfocal.training.record.StepRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call of {@link Trainer#train}: the loop around the steps. */
final class Session {
    private final RunConfig config;
    private final Dataset train;
    private final Dataset val;
    private final TrainedImages images;
    private final RunDirectory run;
    private final ProgressListener listener;
    private final EpochOrder order;
    private final int perEpoch;
    private final long steps;
    private final Curriculum curriculum;
    private final Checkpoints checkpoints;
    private final UnaryOperator<Batches.Images> lens;
    private @Nullable Incident rollback;
    private Map<String, Double> metrics = Map.of();
    private Map<String, Double> gain = Map.of();

    Session(RunConfig config, Dataset train, Dataset val, Path run, ProgressListener listener) {
        this(config, train, val, run, listener, UnaryOperator.identity());
    }

    /**
     * A run whose batches pass through a lens.
     *
     * @param lens turns each batch into what the step sees
     */
    Session(
            RunConfig config,
            Dataset train,
            Dataset val,
            Path run,
            ProgressListener listener,
            UnaryOperator<Batches.Images> lens) {
        this.config = config.settled(ClassCounts.of(train));
        this.train = train;
        this.val = val;
        this.run = new RunDirectory(run);
        this.listener = listener;
        this.lens = lens;
        checkpoints = new Checkpoints(this.run, config.guard());
        images = TrainedImages.of(train);
        int count = train.samples().size();
        perEpoch = EpochOrder.perEpoch(count, Math.min(config.batch(), count));
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
        // What is to be refused is refused before anything is written.
        config.losses();
        config.augment().augmentation();
        config.augment().fourInOne();
        if (resume) {
            run.reopen(config, train.categories());
        }
        Engine.start(config.resolvedThreads());
        boolean goesOn = resume && Files.exists(run.checkpoint());
        int classCount = train.categories().size();
        TrainingState state =
                goesOn ? TrainingState.of(config, classCount) : TrainingState.fresh(config, classCount, listener);
        if (!resume) {
            run.create(config, train.categories());
        }
        if (goesOn) {
            TensorFile checkpoint = checkpoint();
            state.restore(checkpoint);
            images.requireSame(checkpoint.notes());
        }
        state.images = images.words();
        checkpoints.begin(state);
        listener.started(new ProgressListener.Start(
                state.model.weights().parameters(), train.samples().size(), config.epochs(), state.step, steps));
        Map<String, Map<String, Double>> weights = config.loss().classWeights(config.model());
        if (!weights.isEmpty()) {
            listener.weighed(weights);
        }
        try (StopRequest stop = new StopRequest()) {
            boolean finished = loop(state, stop);
            if (!finished) {
                listener.stopped(state.step, run.path());
            }
            return new TrainingResult(
                    run.path(), metrics, Duration.ofMillis((long) (1000 * state.seconds)), state.step, !finished);
        }
    }

    private TensorFile checkpoint() {
        try {
            return TensorFile.read(run.checkpoint());
        } catch (ParfocalException e) {
            throw new ParfocalException(e.getMessage() + "; without it --resume starts at the first step", e);
        }
    }

    /** What the first steps would be on the initial weights; nothing is learnt or written. */
    List<StepRecord> look(int count) {
        Engine.start(config.resolvedThreads());
        TrainingState state = TrainingState.fresh(config, train.categories().size(), listener);
        StepRunner runner = new StepRunner(config, state, steps, curriculum, classes());
        List<StepRecord> looks = new ArrayList<>();
        try (Batches batches = batches(0)) {
            for (int step = 1; step <= count; step++) {
                looks.add(runner.look(batches.next(), step));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        return looks;
    }

    private Batches batches(long step) {
        Frame frame = Inference.frame(config.model());
        ReadingConfig reading = config.reading();
        ImageCache cache = new ImageCache(frame, reading.cacheBytes());
        Views views = new Views(train.samples(), cache, frame, config.augment());
        return new Batches(order, views, frame, reading.threads(), config.epochs(), config.seed(), step);
    }

    /** How a stretch of steps ends. */
    private enum End {
        FINISHED,
        STOPPED,
        ROLLED_BACK
    }

    /** Returns whether the run came to its end. */
    private boolean loop(TrainingState state, StopRequest stop) {
        StepRunner runner = new StepRunner(config, state, steps, curriculum, classes());
        Sentry sentry = new Sentry(config, run, state, runner, checkpoints);
        End end;
        do {
            try (Recorder recorder = new Recorder(run.metrics(), state.step, classes(), config.record())) {
                record(rollback, recorder);
                rollback = null;
                end = stretch(state, stop, runner, sentry, recorder);
            }
        } while (end == End.ROLLED_BACK);
        return end == End.FINISHED;
    }

    /** Steps until the run ends, is stopped or goes back. */
    private End stretch(TrainingState state, StopRequest stop, StepRunner runner, Sentry sentry, Recorder recorder) {
        try (Batches batches = batches(state.step)) {
            makeUp(state, recorder);
            while (state.step < steps) {
                int epoch = epochAfter(state.step);
                if (!step(state, runner, sentry, recorder, () -> lens.apply(batches.next()))) {
                    return End.ROLLED_BACK;
                }
                boolean stops = stop.isRequested() && state.step < steps;
                boolean epochEnds = state.step % perEpoch == 0;
                if (stops || epochEnds && checkpointDue(epoch)) {
                    checkpoints.save(state);
                }
                if (stops) {
                    return End.STOPPED;
                }
                if (epochEnds && evaluationDue(epoch)) {
                    evaluate(state, epoch, recorder);
                }
            }
        } catch (InterruptedException e) {
            checkpoints.save(state);
            return End.STOPPED;
        }
        state.averaged().write(run.weights());
        if (metrics.isEmpty()) {
            evaluate(state, config.epochs(), recorder);
        }
        return End.FINISHED;
    }

    /** Evaluates after an epoch whose end is in the checkpoint, but whose evaluation was not reached. */
    private void makeUp(TrainingState state, Recorder recorder) {
        int epoch = (int) (state.step / perEpoch);
        boolean between = state.step > 0 && state.step < steps && state.step % perEpoch == 0;
        if (between && evaluationDue(epoch) && !recorder.isEvaluated(state.step)) {
            evaluate(state, epoch, recorder);
        }
    }

    /** Takes or skips a step; returns false if the run went back instead. */
    private boolean step(
            TrainingState state, StepRunner runner, Sentry sentry, Recorder recorder, StepRunner.Source batches)
            throws InterruptedException {
        try {
            StepRecord record = runner.take(batches, epochAfter(state.step));
            recorder.step(record);
            tellGain(state.criterion.gain().measured());
            listener.step(new ProgressListener.Step(record, steps, left(state)));
        } catch (StepFailure failure) {
            Incident incident = sentry.handle(failure);
            listener.incident(incident);
            if (incident.rolledBack()) {
                rollback = incident;
                return false;
            }
            record(incident, recorder);
        }
        return true;
    }

    private void record(@Nullable Incident incident, Recorder recorder) {
        if (incident != null) {
            recorder.incident(incident.from(), epochAfter(Math.max(0, incident.from() - 1)), incident.toJson());
        }
    }

    /** The epoch, from 1, of the step after a number of steps. */
    private int epochAfter(long step) {
        return (int) (step / perEpoch) + 1;
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

    private boolean checkpointDue(int epoch) {
        return epoch == config.epochs() || epoch % config.checkpointEvery() == 0;
    }

    private boolean evaluationDue(int epoch) {
        Integer every = config.evaluateEvery();
        return epoch == config.epochs() || every != null && epoch % every == 0;
    }

    private void evaluate(TrainingState state, int epoch, Recorder recorder) {
        state.withAverage(() -> {
            Evaluation evaluation = Evaluation.of(new Inference(state.model, config, config.tasks()), val);
            metrics = evaluation.metrics();
            CocoDetections.write(run.detections(), evaluation.detections(), val);
        });
        run.writeEvaluation(metrics);
        recorder.evaluated(state.step, epoch, metrics);
        listener.evaluated(epoch, metrics);
    }
}
