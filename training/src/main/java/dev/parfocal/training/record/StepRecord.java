package dev.parfocal.training.record;

import dev.parfocal.core.statistics.LossStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one step was.
 *
 * @param epoch from 1
 * @param step from 1
 * @param components the losses by name
 * @param matching which objects found points
 * @param statistics of pointwise components by name; empty where they were not taken
 * @param learningRate of this step
 * @param gradientNorm Euclidean norm of the gradient by all weights before it was clipped
 * @param clippedNorm the same as the optimiser saw it
 * @param milliseconds wall time by lap of the {@link Stopwatch}
 * @param more whatever else was decided for this step, by group and name: gains, factors of a balance, scheduled parameters
 * @param signals how the losses' gradients travelled; absent where they were not recorded
 */
public record StepRecord(
        int epoch,
        long step,
        Map<String, Component> components,
        Matching matching,
        Map<String, LossStatistics> statistics,
        double learningRate,
        double gradientNorm,
        double clippedNorm,
        Map<String, Double> milliseconds,
        Map<String, Map<String, Double>> more,
        @Nullable Signals signals) {

    /**
     * One loss.
     *
     * @param value before its weight
     * @param weighted times its weight
     * @param normalizer what its sum was divided by
     */
    public record Component(double value, double weighted, double normalizer) {}

    /** The value that training descends: the sum of the weighted components. */
    public double total() {
        return components.values().stream().mapToDouble(Component::weighted).sum();
    }

    /** A number of each component. */
    public Map<String, Double> each(ToDoubleFunction<Component> number) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        components.forEach((name, component) -> numbers.put(name, number.applyAsDouble(component)));
        return numbers;
    }
}
