package dev.parfocal.detection.calibration;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.Matches;
import java.util.function.IntPredicate;

/**
 * Scores against what came of them, in bins of equal width: bin {@code j} of {@code J} holds the scores in
 * {@code [j / J, (j + 1) / J)}, the last one 1 as well. Empty bins hold NaN.
 *
 * @param score {@code [bins]} the mean score
 * @param outcome {@code [bins]} the mean target
 * @param count {@code [bins]} how many detections, as often as their images count
 */
public record ReliabilityCurve(double[] score, double[] outcome, long[] count) {

    /** As many bins as Oksuz et al. use. */
    public static final int BINS = 25;

    /** The curve of all detections, every image counted once. */
    public static ReliabilityCurve of(Matches matches, Target target, int bins) {
        return of(matches, target, bins, Weighting.once(matches), detection -> true);
    }

    /**
     * The curve of some detections.
     *
     * @param weights how often each image counts, by its number
     * @param chosen which detections
     * @throws ParfocalException if a score is outside [0, 1] or {@code bins} below 1
     */
    static ReliabilityCurve of(Matches matches, Target target, int bins, int[] weights, IntPredicate chosen) {
        if (bins < 1) {
            throw new ParfocalException("a reliability curve needs at least 1 bin, not " + bins);
        }
        double[] score = new double[bins];
        double[] outcome = new double[bins];
        long[] count = new long[bins];
        for (int i = 0; i < matches.size(); i++) {
            int weight = weights[matches.image(i)];
            if (weight > 0 && chosen.test(i)) {
                int bin = bin(matches.score(i), bins);
                score[bin] += weight * matches.score(i);
                outcome[bin] += weight * target.of(matches.iou(i));
                count[bin] += weight;
            }
        }
        for (int bin = 0; bin < bins; bin++) {
            score[bin] /= count[bin];
            outcome[bin] /= count[bin];
        }
        return new ReliabilityCurve(score, outcome, count);
    }

    private static int bin(double score, int bins) {
        if (!(score >= 0 && score <= 1)) {
            throw new ParfocalException("calibration needs scores in [0, 1], but one is " + score);
        }
        return Math.min(bins - 1, (int) (score * bins));
    }

    /** How many detections there are. */
    public long total() {
        long total = 0;
        for (long each : count) {
            total += each;
        }
        return total;
    }

    /** The mean distance of score and outcome over the detections, taken bin by bin; NaN without detections. */
    public double error() {
        double sum = 0;
        for (int bin = 0; bin < count.length; bin++) {
            if (count[bin] > 0) {
                sum += count[bin] * Math.abs(score[bin] - outcome[bin]);
            }
        }
        return sum / total();
    }
}
