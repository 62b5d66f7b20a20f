package dev.parfocal.detection.calibration;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.Matches;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

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
        return of(matches, target, bins, Weighting.once(matches));
    }

    /**
     * The curve of all detections.
     *
     * @param weights how often each image counts, by its number
     * @throws ParfocalException if a score is outside [0, 1] or {@code bins} below 1
     */
    static ReliabilityCurve of(Matches matches, Target target, int bins, int[] weights) {
        return grouped(matches, target, bins, weights, 1, detection -> 0)[0];
    }

    /** A curve for the detections of each class. */
    static ReliabilityCurve[] perClass(Matches matches, Target target, int bins, int[] weights) {
        return grouped(matches, target, bins, weights, matches.classes().size(), matches::label);
    }

    private static ReliabilityCurve[] grouped(
            Matches matches, Target target, int bins, int[] weights, int groups, IntUnaryOperator group) {
        if (bins < 1) {
            throw new ParfocalException("a reliability curve needs at least 1 bin, not " + bins);
        }
        ReliabilityCurve[] curves = new ReliabilityCurve[groups];
        Arrays.setAll(curves, i -> new ReliabilityCurve(new double[bins], new double[bins], new long[bins]));
        for (int i = 0; i < matches.size(); i++) {
            int weight = weights[matches.image(i)];
            if (weight > 0) {
                ReliabilityCurve curve = curves[group.applyAsInt(i)];
                int bin = bin(matches.score(i), bins);
                curve.score[bin] += weight * matches.score(i);
                curve.outcome[bin] += weight * target.of(matches.iou(i));
                curve.count[bin] += weight;
            }
        }
        for (ReliabilityCurve curve : curves) {
            curve.divide();
        }
        return curves;
    }

    private void divide() {
        for (int bin = 0; bin < count.length; bin++) {
            score[bin] /= count[bin];
            outcome[bin] /= count[bin];
        }
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
