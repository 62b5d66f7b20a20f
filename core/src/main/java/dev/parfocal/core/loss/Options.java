package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is evaluated.
 *
 * @param normalizer what the sum is divided by
 * @param weights factors of the elements
 * @param scale a factor of value and gradient: the loss's weight beside others, the upstream gradient
 * @param arguments values of parameters that change from call to call: a schedule costs no compilation
 * @param perClass parameters that have a value for each class, {@code [classes]}, those that the loss declares so
 * @param smoothing label smoothing in [0, 1): a pointwise target t becomes t * (1 - smoothing) + smoothing / 2; of a loss of
 *     rows it is the value of its parameter {@code smoothing}
 * @param values where each element's weighted value is written, before scale and normaliser; null for nowhere
 * @param movesState whether the evaluation moves what the loss keeps between batches; false for one that is no step of a training
 * @param statistics whether {@link Evaluation#statistics} are taken on the way; only for pointwise losses
 */
public record Options(
        Normalizer normalizer,
        Weights weights,
        double scale,
        Map<String, Double> arguments,
        Map<String, Floats> perClass,
        double smoothing,
        @Nullable Floats values,
        boolean movesState,
        boolean statistics) {

    public Options {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new ParfocalException("label smoothing must be in [0, 1), not " + smoothing);
        }
        if (Double.isNaN(scale) || Double.isInfinite(scale)) {
            throw new ParfocalException("the scale of a loss must be a number, not " + scale);
        }
        arguments = Map.copyOf(arguments);
        perClass = Map.copyOf(perClass);
    }

    /** Divided by what the loss's recipe says, and nothing else. */
    public static Options of(Recipe recipe) {
        return of(Normalizer.of(recipe.normalizer()));
    }

    public static Options of(Normalizer normalizer) {
        return new Options(normalizer, Weights.none(), 1, Map.of(), Map.of(), 0, null, true, false);
    }

    public Options withNormalizer(Normalizer other) {
        return new Options(other, weights, scale, arguments, perClass, smoothing, values, movesState, statistics);
    }

    public Options withWeights(Weights other) {
        return new Options(normalizer, other, scale, arguments, perClass, smoothing, values, movesState, statistics);
    }

    public Options withScale(double other) {
        return new Options(normalizer, weights, other, arguments, perClass, smoothing, values, movesState, statistics);
    }

    /** Gives a parameter a value for this call. */
    public Options withArgument(String parameter, double value) {
        Map<String, Double> more = new HashMap<>(arguments);
        more.put(parameter, value);
        return new Options(normalizer, weights, scale, more, perClass, smoothing, values, movesState, statistics);
    }

    /** Gives a parameter a value for each class. */
    public Options withPerClass(String parameter, Floats byClass) {
        Map<String, Floats> more = new HashMap<>(perClass);
        more.put(parameter, byClass);
        return new Options(normalizer, weights, scale, arguments, more, smoothing, values, movesState, statistics);
    }

    public Options withSmoothing(double share) {
        return new Options(normalizer, weights, scale, arguments, perClass, share, values, movesState, statistics);
    }

    /** Also writes each element's value: {@code [anchors, classes]}, {@code [rows]} or {@code [boxes]}. */
    public Options withValues(Floats destination) {
        return new Options(
                normalizer, weights, scale, arguments, perClass, smoothing, destination, movesState, statistics);
    }

    /** Leaves what the loss keeps between batches as it is: the evaluation is no step of a training. */
    public Options withFixedState() {
        return new Options(normalizer, weights, scale, arguments, perClass, smoothing, values, false, statistics);
    }

    /** Also adds up where the gradient comes from; value and gradient keep their bits. */
    public Options withStatistics(boolean on) {
        return new Options(normalizer, weights, scale, arguments, perClass, smoothing, values, movesState, on);
    }
}
