package dev.parfocal.training.model;

import java.util.List;
import java.util.Map;

/**
 * What a model's layers must know when they are made beside its configuration.
 *
 * @param classCount at least 1
 * @param priors the probability that every class starts with, in (0, 1), by the output's name
 * @param branches further outputs
 */
public record Start(int classCount, Map<String, Double> priors, List<Branch> branches) {
    private static final double INDIFFERENT = 0.5;

    /** Without further outputs. */
    public static Start of(int classCount, Map<String, Double> priors) {
        return new Start(classCount, priors, List.of());
    }

    /** The probability that every class of an output starts with; one half where nothing is said. */
    public double prior(String output) {
        return priors.getOrDefault(output, INDIFFERENT);
    }
}
