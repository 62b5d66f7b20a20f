package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.StepRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the losses of one step were, by component.
 *
 * @param evaluations what each loss's evaluation yielded
 * @param balance the factors by which the balance weighted them; empty if they are fixed
 * @param gain the measured factors of classification losses; empty if there are none
 * @param matching which objects found points
 */
public record LossReport(
        Map<String, Evaluation> evaluations, Map<String, Double> balance, Map<String, Double> gain, Matching matching) {

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

    /** Value, weighted value and normaliser of each component. */
    public Map<String, StepRecord.Component> components() {
        Map<String, StepRecord.Component> components = new LinkedHashMap<>();
        evaluations.forEach((component, e) -> components.put(
                component, new StepRecord.Component(e.sum() / e.normalizer(), e.value(), e.normalizer())));
        return components;
    }

    /** The statistics of those components that have any. */
    public Map<String, LossStatistics> statistics() {
        Map<String, LossStatistics> statistics = new LinkedHashMap<>();
        evaluations.forEach((component, e) -> {
            if (e.statistics() != null) {
                statistics.put(component, e.statistics());
            }
        });
        return statistics;
    }

    /** Points that own an object. */
    public long positives() {
        return matching.positives();
    }

    /** The value that training descends: the sum of the weighted components. */
    public double total() {
        return weighted().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
