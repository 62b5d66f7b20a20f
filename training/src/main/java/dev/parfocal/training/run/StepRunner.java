package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.Laps;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.optim.Clipping;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes training steps: images, forward, losses and backward, update. */
final class StepRunner {
    private final RunConfig config;
    private final TrainingState state;
    private final long steps;
    private final Curriculum curriculum;
    private final Criterion criterion;
    private final Clipping clipping;

    StepRunner(RunConfig config, TrainingState state, long steps, Curriculum curriculum) {
        this.config = config;
        this.state = state;
        this.steps = steps;
        this.curriculum = curriculum;
        criterion = state.criterion;
        clipping = new Clipping(config.optimizer(), state.model.weights());
    }

    /** Takes the next step. */
    StepRecord take(Batches batches, int epoch) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Batches.Images images = batches.next();
        watch.lap("images");
        long step = state.step + 1;
        LossReport losses = gradients(images, step, watch);
        requireFinite(losses, step);
        double rate =
                config.optimizer().learningRate() * config.schedule().share().at(state.step, steps);
        double norm = update(rate, step);
        watch.lap("update");
        state.step = step;
        state.seconds += watch.seconds();
        return new StepRecord(epoch, step, losses, rate, norm, watch.laps());
    }

    private LossReport gradients(Batches.Images images, long step, Stopwatch watch) {
        Frame frame = Inference.frame(config.model());
        state.model.training(true);
        return Scope.recorded(() -> {
            Tensor input = Tensor.images(images.planes(), images.objects().size(), 3, frame.height(), frame.width());
            Prediction prediction = state.model.forward(input);
            watch.lap("forward");
            try {
                return criterion.backward(prediction, images.objects(), curriculum.at(state.step), Laps.NONE);
            } catch (ParfocalException e) {
                throw new ParfocalException("step " + step + ": " + e.getMessage());
            } finally {
                watch.lap("backward");
            }
        });
    }

    private double update(double rate, long step) {
        return Scope.unrecorded(() -> {
            Weights weights = state.model.weights();
            double norm = clipping.clip(weights).before();
            if (!Double.isFinite(norm)) {
                throw new ParfocalException("the gradient is " + norm + " at step " + step
                        + " although every loss is finite: lower optimizer.learningRate");
            }
            state.optimizer.step(weights, rate, step);
            state.average.update(weights, step);
            weights.gradients().fill(0);
            return norm;
        });
    }

    private static void requireFinite(LossReport losses, long step) {
        losses.values().forEach((role, value) -> {
            if (!Double.isFinite(value)) {
                throw new ParfocalException("the " + role + " loss is " + value + " at step " + step
                        + ": lower optimizer.learningRate, or check the loss's formula");
            }
        });
    }

    /** Splits a step's wall time into named laps. */
    private static final class Stopwatch {
        private final long start = System.nanoTime();
        private final Map<String, Double> laps = new LinkedHashMap<>();
        private long last = start;

        void lap(String name) {
            long now = System.nanoTime();
            laps.put(name, (now - last) / 1e6);
            last = now;
        }

        Map<String, Double> laps() {
            return laps;
        }

        double seconds() {
            return (last - start) / 1e9;
        }
    }
}
