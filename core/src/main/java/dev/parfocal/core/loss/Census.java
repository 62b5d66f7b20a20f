package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import org.jspecify.annotations.Nullable;

/**
 * What is counted in a batch, or in a run of its anchors, before it is evaluated.
 *
 * @param elements the elements that are not ignored
 * @param positives the elements whose target is not 0; for rows and boxes those whose weight is not 0
 * @param quality the sum of the positives' targets; for rows and boxes the sum of the weights
 */
record Census(long elements, long positives, double quality) {

    /** Counts the anchors in [from, to). */
    static Census of(Call call, int from, int to) {
        if (call.batch() instanceof Batch.Sparse sparse) {
            return sparse(sparse, from, to);
        }
        if (call.batch() instanceof Batch.Dense dense) {
            return dense(dense, from, to);
        }
        return weighted(call.options().weights(), from, to);
    }

    private static Census sparse(Batch.Sparse batch, int from, int to) {
        long elements = 0;
        long positives = 0;
        double quality = 0;
        for (int anchor = from; anchor < to; anchor++) {
            int label = batch.labels()[anchor];
            if (label >= batch.classes() || label < Batch.IGNORE) {
                throw new ParfocalException(
                        "the class index is " + label + " at anchor " + anchor + ": it must be in [0, "
                                + batch.classes() + "), or " + Batch.BACKGROUND + " for background, or " + Batch.IGNORE
                                + " to ignore the anchor");
            }
            elements += label == Batch.IGNORE ? 0 : batch.classes();
            if (label >= 0) {
                positives++;
                quality += batch.quality()[anchor];
            }
        }
        return new Census(elements, positives, quality);
    }

    private static Census dense(Batch.Dense batch, int from, int to) {
        int first = from * batch.classes();
        int end = to * batch.classes();
        Floats target = batch.given().isEmpty() ? null : batch.given().get(0);
        return sum(target, first, end, 0);
    }

    private static Census weighted(Weights weights, int from, int to) {
        Floats each = weights.element() == null ? weights.anchor() : weights.element();
        return sum(each, from, to, 1);
    }

    private static Census sum(@Nullable Floats numbers, int from, int to, float absent) {
        long positives = 0;
        double quality = 0;
        for (int i = from; i < to; i++) {
            float number = numbers == null ? absent : numbers.get(i);
            positives += number == 0 ? 0 : 1;
            quality += number;
        }
        return new Census((long) to - from, positives, quality);
    }
}
