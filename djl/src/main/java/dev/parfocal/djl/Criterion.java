package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.guard.LossGuard;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.core.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss on DJL's arrays, in core's order: predictions first.
 *
 * @param function evaluates; one caller at a time
 * @param options of every evaluation, but for the weights
 * @param perImage whether each image, the predictions' first dimension, is normalised on its own
 * @param course what changes from step to step
 * @param guard what the loss is called when it is not finite, which is then an error; null: NaN is passed on
 */
record Criterion(
        LossFunction function,
        Options options,
        boolean perImage,
        Course course,
        @Nullable String guard) {

    Criterion withNormalizer(Normalizer normalizer) {
        return new Criterion(function, options.withNormalizer(normalizer), false, course, guard);
    }

    Criterion normalizedPerImage() {
        return new Criterion(function, options, true, course, guard);
    }

    Criterion withScale(double scale) {
        return new Criterion(function, options.withScale(scale), perImage, course, guard);
    }

    Criterion withArgument(String parameter, double value) {
        return new Criterion(function, options.withArgument(parameter, value), perImage, course, guard);
    }

    Criterion withPerClass(String parameter, Floats byClass) {
        return new Criterion(function, options.withPerClass(parameter, byClass), perImage, course, guard);
    }

    Criterion withClassWeights(Floats byClass) {
        return new Criterion(function, options.withWeights(Weights.perClass(byClass)), perImage, course, guard);
    }

    Criterion withSmoothing(double share) {
        return new Criterion(function, options.withSmoothing(share), perImage, course, guard);
    }

    Criterion withSchedule(String parameter, Schedule schedule, StepCounter counter) {
        return new Criterion(function, options, perImage, course.with(parameter, schedule, counter), guard);
    }

    Criterion guarded(String name) {
        return new Criterion(function, options, perImage, course, name);
    }

    /** The loss, and the scalar in the engine's graph that stands for it. */
    record Outcome(NDArray scalar, float value) {}

    /**
     * @param predictions float32 on the CPU; the gradient is with respect to these
     * @param weights one array at most
     */
    Outcome evaluate(NDArray predictions, List<NDArray> given, List<NDArray> weights) {
        NDArray flat = Tensors.flatPredictions(predictions);
        NDArray gradient = predictions.getManager().create(flat.getShape(), DataType.FLOAT32);
        Batches batches = new Batches(function.loss(), predictions.getShape());
        Batch batch = batches.read(Tensors.view(flat, "the predictions"), given);
        Weights own = weights(batches, weights).withClasses(options.weights().classes());
        Options all = course.apply(imagewise(predictions.getShape()).withWeights(own));
        double value = evaluate(batch, all, Tensors.view(gradient, "the gradient"));
        return new Outcome(Surrogate.scalar(flat, gradient, (float) value), (float) value);
    }

    private double evaluate(Batch batch, Options all, Floats gradient) {
        synchronized (function) {
            return guard == null
                    ? function.evaluate(batch, all, gradient).value()
                    : LossGuard.evaluate(guard, function, batch, all, gradient).value();
        }
    }

    private Options imagewise(Shape shape) {
        if (!perImage) {
            return options;
        }
        if (shape.dimension() < 3) {
            throw new ParfocalException("normalising per image needs predictions [batch, anchors, ...], not " + shape);
        }
        return options.withNormalizer(Normalizer.perImage(Math.toIntExact(Math.max(1, shape.get(0)))));
    }

    private static Weights weights(Batches batches, List<NDArray> arrays) {
        if (arrays.isEmpty()) {
            return Weights.none();
        }
        NDArray weights = arrays.get(0);
        return batches.isElementwise(weights.getShape())
                ? Weights.perElement(Tensors.given(weights, weights.getShape(), "the weights"))
                : Weights.perAnchor(Tensors.given(weights, batches.anchors(), "the weights"));
    }
}
