package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.criterion.StepTimer;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.guard.Autopsy;
import dev.parfocal.training.guard.BatchNames;
import dev.parfocal.training.guard.Rerun;
import dev.parfocal.training.guard.StepWatch;
import dev.parfocal.training.guard.Verdict;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.optim.Clipping;
import dev.parfocal.training.optim.Motion;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.record.Stopwatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes training steps: images, forward, losses and backward, update. A step that is not finite throws. */
final class StepRunner {
    private final RunConfig config;
    private final TrainingState state;
    private final long steps;
    private final Curriculum curriculum;
    private final List<String> classes;
    private final Criterion criterion;
    private final Clipping clipping;
    private final Undo undo;

    StepRunner(RunConfig config, TrainingState state, long steps, Curriculum curriculum, List<String> classes) {
        this.config = config;
        this.state = state;
        this.steps = steps;
        this.curriculum = curriculum;
        this.classes = List.copyOf(classes);
        criterion = state.criterion;
        clipping = new Clipping(config.optimizer().clip(), state.model.weights());
        undo = new Undo(state);
    }

    /** Where batches come from. */
    interface Source {
        /** The next step's batch. */
        Batches.Images next() throws InterruptedException;
    }

    /**
     * Takes the next step.
     *
     * @throws StepFailure if it cannot be taken, or a loss, a gradient or a weight is not finite; {@link #undo} then brings
     *     the state back
     */
    StepRecord take(Source batches, int epoch) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Batches.Images images = batches.next();
        watch.lap("data");
        undo.remember();
        try {
            return take(images, epoch, watch);
        } catch (ParfocalException e) {
            throw new StepFailure(images, e);
        }
    }

    private StepRecord take(Batches.Images images, int epoch, Stopwatch watch) {
        Losses losses = gradients(images, watch::lap, StepWatch.NONE);
        double rate = learningRate();
        Clipping.Norms norms = update();
        state.recovery.inRow = 0;
        state.step++;
        watch.lap("step");
        state.seconds += watch.seconds();
        return record(epoch, state.step, losses, rate, norms, watch);
    }

    /** What a step would be; the weights stay as they are. */
    StepRecord look(Batches.Images images, long step) {
        Stopwatch watch = new Stopwatch();
        Losses losses = gradients(images, watch::lap, StepWatch.NONE);
        Clipping.Norms norms = Scope.unrecorded(() -> {
            Clipping.Norms clipped = clipping.clip(state.model.weights());
            state.model.weights().gradients().fill(0);
            return clipped;
        });
        return record(1, step, losses, 0, norms, watch);
    }

    /**
     * What a step's losses were.
     *
     * @param signals null where they are not recorded
     */
    private record Losses(LossReport report, @Nullable Signals signals) {}

    private StepRecord record(int epoch, long step, Losses of, double rate, Clipping.Norms norms, Stopwatch watch) {
        LossReport losses = of.report;
        return new StepRecord(
                epoch,
                step,
                losses.components(),
                losses.matching(),
                losses.statistics(),
                rate,
                norms.before(),
                norms.after(),
                watch.milliseconds(),
                more(losses, step),
                of.signals);
    }

    /** The next step's learning rate. */
    double learningRate() {
        double share = config.schedule().share().at(state.step, steps);
        return config.optimizer().learningRate() * share * state.recovery.rateFactor;
    }

    /** The state before the last step. */
    Undo undo() {
        return undo;
    }

    /** Names of the classes by label. */
    List<String> classes() {
        return classes;
    }

    /** Steps of the whole run. */
    long steps() {
        return steps;
    }

    /** Takes the next step on a batch, looking at every number; the state is left as the step leaves it. */
    Verdict examine(Batches.Images images) {
        BatchNames names = new BatchNames(Sentry.pictures(images), classes);
        return Autopsy.of(state.model, names, images.planes(), images.objects(), new Rerun() {
            @Override
            public LossReport gradients(StepWatch watch) {
                return StepRunner.this.gradients(images, StepTimer.NONE, watch).report;
            }

            @Override
            public void update() {
                Scope.unrecorded(() -> {
                    move();
                });
            }

            @Override
            public Map<String, Tensor> memory() {
                return state.optimizer.memory();
            }
        });
    }

    private Map<String, Map<String, Double>> more(LossReport losses, long step) {
        Map<String, Map<String, Double>> more = new LinkedHashMap<>();
        more.put("gain", losses.gain());
        more.put("balance", losses.balance());
        more.put("curriculum", curriculum.values(step - 1));
        more.put("state", state.criterion.state());
        more.values().removeIf(Map::isEmpty);
        return more;
    }

    private Losses gradients(Batches.Images images, StepTimer timer, StepWatch watch) {
        Frame frame = Inference.frame(config.model());
        state.model.training(true);
        state.model.freeze(config.optimizer().frozen(epoch()));
        return Scope.recorded(() -> {
            Tensor input = Tensor.images(images.planes(), images.objects().size(), 3, frame.height(), frame.width());
            Prediction prediction =
                    state.model.forward(input, new Truth(Optional.of(images.objects()), stepSeed(), criterion::match));
            timer.lap("forward");
            watch.outputs(prediction);
            StepSettings settings = curriculum
                    .at(state.step)
                    .withStatistics(config.record().statistics())
                    .withSeed(stepSeed());
            Signals signals = config.record().recordsSignals(state.step + 1)
                    ? criterion.signals(prediction, images.objects(), settings)
                    : null;
            LossReport report = criterion.backward(prediction, images.objects(), settings, timer, watch::upstream);
            watch.done();
            return new Losses(report, signals);
        });
    }

    /** Of what is drawn in the next step: it depends on the run's seed and the step alone. */
    private long stepSeed() {
        return config.seed() * 0x9E3779B97F4A7C15L + state.step;
    }

    private Clipping.Norms update() {
        return Scope.unrecorded(() -> {
            Clipping.Norms norms = move();
            if (!Double.isFinite(norms.before())) {
                throw new ParfocalException("the gradient is " + norms.before() + " although every loss is finite");
            }
            requireFinite();
            Weights weights = state.model.weights();
            state.average.update(weights, state.nextUpdate());
            weights.gradients().fill(0);
            return norms;
        });
    }

    /** The next step's epoch, from 0. */
    private int epoch() {
        return (int) (state.step / (steps / config.epochs()));
    }

    /** Clips the gradients and moves the weights. */
    private Clipping.Norms move() {
        Weights weights = state.model.weights();
        Clipping.Norms norms = clipping.clip(weights);
        try {
            Motion motion = Motion.of(config.optimizer().parts(), weights, epoch());
            state.optimizer.step(weights, motion, learningRate(), state.nextUpdate());
        } catch (RuntimeException e) {
            // The engine refuses factors beyond what float32 holds.
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ParfocalException("the update cannot be computed: " + reason, e);
        }
        return norms;
    }

    /** Weights, statistics and the optimiser's memory: none must carry anything but numbers into the next step. */
    private void requireFinite() {
        Weights weights = state.model.weights();
        boolean finite = weights.trained().isFinite()
                && weights.statistics().isFinite()
                && state.optimizer.memory().values().stream().allMatch(Tensor::isFinite);
        if (!finite) {
            throw new ParfocalException("the weights are not finite after the step");
        }
    }
}
