package dev.parfocal.studio.answer;

import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/** Where a loss's gradient comes from on the logits of a detector. */
public final class GradientShares {

    private GradientShares() {}

    /**
     * The logits of a detector as counts.
     *
     * @param source where they come from, in words
     * @param from the left edge of the first bin
     * @param width of a bin
     * @param positives {@code [bins]} logits of an object's own class
     * @param quality {@code [bins]} the mean quality, the IoU of the box, of these
     * @param negatives {@code [bins]} all other logits
     */
    public record Logits(
            String source, double from, double width, long[] positives, double[] quality, long[] negatives) {}

    /**
     * The gradient of a loss by bin.
     *
     * @param positives {@code [bins]} the sum of |gradient|
     * @param negatives {@code [bins]} the same
     * @param positiveShare the positives' part of all, in [0, 1]
     * @param easyNegativeShare the part of negatives below a logit of 0, in [0, 1]
     */
    public record Shares(
            String name, double[] positives, double[] negatives, double positiveShare, double easyNegativeShare) {}

    /** The gradients of some losses at the middles of the bins, times how many logits are there. */
    public static List<Shares> of(List<Choice> losses, Logits logits) {
        List<Shares> all = new ArrayList<>();
        losses.forEach(choice -> all.add(shares(Curves.pointwise(choice.loss()), logits)));
        return all;
    }

    private static Shares shares(Loss loss, Logits logits) {
        Oracle oracle = new Oracle(loss.program());
        double[] zero = Curves.given(loss, 0);
        double[] positives = new double[logits.positives().length];
        double[] negatives = new double[positives.length];
        double positive = 0;
        double negative = 0;
        double easy = 0;
        for (int bin = 0; bin < positives.length; bin++) {
            double[] logit = {logits.from() + logits.width() * (bin + .5)};
            double[] target = Curves.given(loss, logits.quality()[bin]);
            positives[bin] = logits.positives()[bin] == 0
                    ? 0
                    : logits.positives()[bin]
                            * Math.abs(oracle.at(logit, target).gradient()[0]);
            negatives[bin] =
                    logits.negatives()[bin] * Math.abs(oracle.at(logit, zero).gradient()[0]);
            positive += positives[bin];
            negative += negatives[bin];
            easy += logit[0] < 0 ? negatives[bin] : 0;
        }
        double whole = Math.max(positive + negative, Double.MIN_NORMAL);
        return new Shares(loss.name(), positives, negatives, positive / whole, easy / whole);
    }
}
