package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the losses of one step were, by role.
 *
 * @param values each component before its weight
 * @param weighted each component times its weight
 * @param positives points that own an object
 */
public record LossReport(Map<String, Double> values, Map<String, Double> weighted, long positives) {

    static LossReport of(Map<String, Evaluation> evaluations, long positives) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Double> weighted = new LinkedHashMap<>();
        evaluations.forEach((role, e) -> {
            values.put(role, e.sum() / e.normalizer());
            weighted.put(role, e.value());
        });
        return new LossReport(values, weighted, positives);
    }

    /** The value that training descends: the sum of the weighted components. */
    public double total() {
        return weighted.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
