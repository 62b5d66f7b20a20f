package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.List;

/**
 * What is counted in a batch, or in a run of its anchors, before it is evaluated.
 *
 * @param elements the elements that are not ignored
 * @param positives the elements of which a target is not 0; for rows and boxes those whose weight is not 0
 * @param quality the sum of the (first) targets; for rows and boxes the sum of the weights
 */
record Census(long elements, long positives, double quality) {

    private static final int BLOCK = 1024;

    /** Counts the anchors in [from, to). */
    static Census of(Call call, int from, int to) {
        if (call.batch() instanceof Batch.Sparse sparse) {
            return sparse(sparse, call.loss().given(), from, to);
        }
        if (call.batch() instanceof Batch.Dense dense) {
            return dense(dense, from, to);
        }
        return weighted(call.options().weights(), from, to);
    }

    private static Census sparse(Batch.Sparse batch, List<Input> inputs, int from, int to) {
        long elements = 0;
        long positives = 0;
        double quality = 0;
        for (int anchor = from; anchor < to; anchor++) {
            int label = batch.labels()[anchor];
            elements += label == Batch.IGNORE ? 0 : batch.classes();
            if (label != Batch.BACKGROUND) {
                check(inputs, batch, anchor);
            }
            if (label >= 0) {
                positives++;
                quality += batch.quality()[anchor];
            }
        }
        return new Census(elements, positives, quality);
    }

    private static void check(List<Input> inputs, Batch.Sparse batch, int anchor) {
        int label = batch.labels()[anchor];
        if (label >= batch.classes() || label < Batch.IGNORE) {
            throw new ParfocalException("the class index is " + label + " at anchor " + anchor + ": it must be in [0, "
                    + batch.classes() + "), or " + Batch.BACKGROUND + " for background, or " + Batch.IGNORE
                    + " to ignore the anchor");
        }
        float quality = batch.quality()[anchor];
        for (int i = 0; label >= 0 && i < inputs.size(); i++) {
            if (!inputs.get(i).name().equals("label") && !inputs.get(i).accepts(quality)) {
                throw Elements.refused(inputs.get(i), quality, anchor, label);
            }
        }
    }

    private static Census dense(Batch.Dense batch, int from, int to) {
        long end = (long) to * batch.classes();
        long first = (long) from * batch.classes();
        float[][] given = new float[batch.given().size()][BLOCK];
        long positives = 0;
        double quality = 0;
        for (int e = (int) first; e < end; e += BLOCK) {
            int count = (int) Math.min(BLOCK, end - e);
            for (int i = 0; i < given.length; i++) {
                batch.given().get(i).read(e, given[i], 0, count);
            }
            for (int k = Targets.nextSet(given, 0, count); k < count; k = Targets.nextSet(given, k + 1, count)) {
                positives++;
                quality += given.length == 0 ? 0 : given[0][k];
            }
        }
        return new Census(end - first, positives, quality);
    }

    private static Census weighted(Weights weights, int from, int to) {
        Floats each = weights.element() == null ? weights.anchor() : weights.element();
        return each == null ? new Census((long) to - from, (long) to - from, to - from) : sum(each, from, to);
    }

    private static Census sum(Floats weights, int from, int to) {
        long positives = 0;
        double quality = 0;
        for (int i = from; i < to; i++) {
            float weight = weights.get(i);
            positives += weight == 0 ? 0 : 1;
            quality += weight;
        }
        return new Census((long) to - from, positives, quality);
    }

    Census plus(Census other) {
        return new Census(elements + other.elements, positives + other.positives, quality + other.quality);
    }
}
