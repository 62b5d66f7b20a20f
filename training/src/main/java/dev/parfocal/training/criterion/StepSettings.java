package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changes from step to step: where schedules reach the losses. Components are named as in {@link
 * Criterion#losses()}.
 *
 * @param weights factor of a component on top of its configured weight, at least 0; 1 where none is given
 * @param arguments values of a component's parameters, by component and parameter; they cost no compilation
 * @param assigner the assigner of this step; null: the configured one
 * @param objects how much each object counts; null: all the same
 * @param statistics whether pointwise losses take statistics; the result does not depend on it
 * @param seed of what is drawn in this step
 */
public record StepSettings(
        Map<String, Double> weights,
        Map<String, Map<String, Double>> arguments,
        @Nullable AssignerConfig assigner,
        @Nullable ObjectWeights objects,
        boolean statistics,
        long seed) {

    /** Everything as configured. */
    public static final StepSettings NONE = new StepSettings(Map.of(), Map.of(), null, null);

    /** Without statistics. */
    public StepSettings(
            Map<String, Double> weights,
            Map<String, Map<String, Double>> arguments,
            @Nullable AssignerConfig assigner,
            @Nullable ObjectWeights objects) {
        this(weights, arguments, assigner, objects, false, 0);
    }

    /** Checks that no weight is negative. */
    public StepSettings {
        weights.forEach((component, weight) -> {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("the weight of " + component + " must be at least 0, but is " + weight);
            }
        });
        weights = Map.copyOf(weights);
        arguments = Map.copyOf(arguments);
    }

    /** The factor of a component. */
    public double weight(String component) {
        return weights.getOrDefault(component, 1.0);
    }

    /** The values of a component's parameters that differ from its configuration. */
    public Map<String, Double> arguments(String component) {
        return arguments.getOrDefault(component, Map.of());
    }

    /** The same with other weights. */
    public StepSettings withWeights(Map<String, Double> other) {
        return new StepSettings(other, arguments, assigner, objects, statistics, seed);
    }

    /** The same with or without statistics. */
    public StepSettings withStatistics(boolean on) {
        return new StepSettings(weights, arguments, assigner, objects, on, seed);
    }

    /** The same with another seed. */
    public StepSettings withSeed(long other) {
        return new StepSettings(weights, arguments, assigner, objects, statistics, other);
    }

    /** The same with weights multiplied. */
    StepSettings times(Map<String, Double> factors) {
        Map<String, Double> product = new LinkedHashMap<>(weights);
        factors.forEach((component, factor) -> product.put(component, weight(component) * factor));
        return withWeights(product);
    }
}
