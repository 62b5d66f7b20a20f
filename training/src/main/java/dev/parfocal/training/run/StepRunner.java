package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.optim.Clipping;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.record.Stopwatch;
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
        watch.lap("data");
        long step = state.step + 1;
        LossReport losses = gradients(images, step, watch);
        requireFinite(losses, step);
        double rate =
                config.optimizer().learningRate() * config.schedule().share().at(state.step, steps);
        Clipping.Norms norms = update(rate, step);
        watch.lap("step");
        state.step = step;
        state.seconds += watch.seconds();
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
                more(losses, step));
    }

    private Map<String, Map<String, Double>> more(LossReport losses, long step) {
        Map<String, Map<String, Double>> more = new LinkedHashMap<>();
        more.put("gain", losses.gain());
        more.put("balance", losses.balance());
        more.put("curriculum", curriculum.values(step - 1));
        more.values().removeIf(Map::isEmpty);
        return more;
    }

    private LossReport gradients(Batches.Images images, long step, Stopwatch watch) {
        Frame frame = Inference.frame(config.model());
        state.model.training(true);
        return Scope.recorded(() -> {
            Tensor input = Tensor.images(images.planes(), images.objects().size(), 3, frame.height(), frame.width());
            Prediction prediction = state.model.forward(input);
            watch.lap("forward");
            try {
                StepSettings settings =
                        curriculum.at(state.step).withStatistics(config.record().statistics());
                return criterion.backward(prediction, images.objects(), settings, watch::lap);
            } catch (ParfocalException e) {
                throw new ParfocalException("step " + step + ": " + e.getMessage());
            }
        });
    }

    private Clipping.Norms update(double rate, long step) {
        return Scope.unrecorded(() -> {
            Weights weights = state.model.weights();
            Clipping.Norms norms = clipping.clip(weights);
            if (!Double.isFinite(norms.before())) {
                throw new ParfocalException("the gradient is " + norms.before() + " at step " + step
                        + " although every loss is finite: lower optimizer.learningRate");
            }
            state.optimizer.step(weights, rate, step);
            state.average.update(weights, step);
            weights.gradients().fill(0);
            return norms;
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
}
