package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.KendallsCorrelation;

/**
 * Whether higher scores go with better boxes: rank correlations of score and IoU over the detections that found an object,
 * all classes together, in [-1, 1]. Suppression and average precision profit from the order alone, calibrated or not.
 */
public final class RankCorrelation {

    private final double[] score;
    private final double[] iou;
    private final int[] image;
    private final int[] byIou;

    /** The correlation of the detections that found an object. */
    public RankCorrelation(Matches matches) {
        int[] hits = IntStream.range(0, matches.size())
                .filter(i -> matches.iou(i) > 0)
                .toArray();
        score = IntStream.of(hits).mapToDouble(matches::score).toArray();
        iou = IntStream.of(hits).mapToDouble(matches::iou).toArray();
        image = IntStream.of(hits).map(matches::image).toArray();
        byIou = IntStream.range(0, hits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -iou[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Spearman's ρ with mean ranks for ties; NaN for less than two hits, or if all scores or all IoUs are equal. */
    public double spearman() {
        int images = IntStream.of(image).max().orElse(0) + 1;
        int[] once = new int[images];
        Arrays.fill(once, 1);
        return spearman(once);
    }

    /**
     * The same for images that count as often as their weights say.
     *
     * @param weights by the images' numbers
     */
    public double spearman(int[] weights) {
        int[] order = IntStream.range(0, score.length).toArray();
        double[] a = ranks(score, order, weights);
        double[] b = ranks(iou, byIou, weights);
        double count = 0;
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < a.length; i++) {
            int weight = weights[image[i]];
            count += weight;
            meanA += weight * a[i];
            meanB += weight * b[i];
        }
        meanA /= count;
        meanB /= count;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            int weight = weights[image[i]];
            ab += weight * (a[i] - meanA) * (b[i] - meanB);
            aa += weight * (a[i] - meanA) * (a[i] - meanA);
            bb += weight * (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** The mean rank of each value among all of them, repeated as often as they count; {@code order} descends. */
    private double[] ranks(double[] values, int[] order, int[] weights) {
        double[] ranks = new double[values.length];
        double before = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            double count = 0;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                count += weights[image[order[to++]]];
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = before + (count + 1) / 2;
            }
            before += count;
            from = to;
        }
        return ranks;
    }

    /** Kendall's τ-b; NaN for less than two hits, or if all scores or all IoUs are equal. */
    public double kendall() {
        return score.length < 2 ? Double.NaN : new KendallsCorrelation().correlation(score, iou);
    }
}
