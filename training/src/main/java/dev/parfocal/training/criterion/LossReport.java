package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the losses of one step were, by component.
 *
 * @param evaluations what each loss's evaluation yielded
 * @param balance the factors by which the balance weighted them; empty if they are fixed
 * @param gain the measured factors of classification losses; empty if there are none
 * @param positivesPerLevel points that own an object, finest level first
 */
public record LossReport(
        Map<String, Evaluation> evaluations,
        Map<String, Double> balance,
        Map<String, Double> gain,
        long[] positivesPerLevel) {

    /** Each component before any weight. */
    public Map<String, Double> values() {
        return map(e -> e.sum() / e.normalizer());
    }

    /** Each component times its weight in this step. */
    public Map<String, Double> weighted() {
        return map(Evaluation::value);
    }

    private Map<String, Double> map(ToDoubleFunction<Evaluation> number) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        evaluations.forEach((component, e) -> numbers.put(component, number.applyAsDouble(e)));
        return numbers;
    }

    /** Points that own an object. */
    public long positives() {
        long sum = 0;
        for (long level : positivesPerLevel) {
            sum += level;
        }
        return sum;
    }

    /** The value that training descends: the sum of the weighted components. */
    public double total() {
        return weighted().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
