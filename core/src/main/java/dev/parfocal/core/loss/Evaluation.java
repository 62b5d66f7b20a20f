package dev.parfocal.core.loss;

import dev.parfocal.core.statistics.LossStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What evaluating a loss on a batch yields, beside the gradient.
 *
 * @param value scale * sum / normalizer: what the gradient is the gradient of
 * @param sum the sum over all elements that count, weighted
 * @param normalizer what the sum was divided by, not less than its floor
 * @param positives how many elements are not background
 * @param statistics null unless {@link Options#withStatistics} asked for them
 */
public record Evaluation(
        double value,
        double sum,
        double normalizer,
        long positives,
        @Nullable LossStatistics statistics) {

    /** Without statistics. */
    public Evaluation(double value, double sum, double normalizer, long positives) {
        this(value, sum, normalizer, positives, null);
    }
}
