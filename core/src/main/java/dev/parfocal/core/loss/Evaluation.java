package dev.parfocal.core.loss;

/**
 * What evaluating a loss on a batch yields, beside the gradient.
 *
 * @param value scale * sum / normalizer: what the gradient is the gradient of
 * @param sum the sum over all elements that count, weighted
 * @param normalizer what the sum was divided by, not less than its floor
 * @param positives how many elements are not background
 */
public record Evaluation(double value, double sum, double normalizer, long positives) {}
