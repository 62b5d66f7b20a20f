package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The localisation recall precision error of one class at the score where it is least: oLRP. With matching at IoU τ and
 * detections from a score on,
 *
 * <pre>    LRP = (Σ over hits of (1 - IoU) / (1 - τ) + false positives + missed objects) / (hits + false positives + missed)</pre>
 *
 * Oksuz, Cam, Kalkan, Akbas: One Metric to Measure them All: Localisation Recall Precision (LRP) for Evaluating Visual
 * Detection Tasks, TPAMI 2021, eq. 4 to 8. arXiv 2011.10772. The paper's τ is 0.5, its scores a grid of 0.01; here every
 * score that occurs is tried, so that an error may be slightly lower than with the grid.
 *
 * @param label the number of the class
 * @param objects how many objects there are
 * @param error oLRP, in [0, 1]; 0 is best, 1 where nothing is found
 * @param localization the mean of 1 - IoU of the hits; NaN without hits
 * @param falsePositives the share of the detections that hit nothing; NaN without detections
 * @param falseNegatives the share of the objects that are missed
 * @param threshold the lowest score of those detections; above 1 where it is best to have none
 */
public record Lrp(
        int label,
        long objects,
        double error,
        double localization,
        double falsePositives,
        double falseNegatives,
        double threshold) {

    /** A threshold that no detection reaches. */
    public static final double NONE = 1.0000001;

    /** The paper's IoU of a match. */
    public static final double IOU = 0.5;

    /**
     * The error of every class that has objects.
     *
     * @param matches at IoU {@code iou}
     * @param iou below 1
     */
    public static List<Lrp> perClass(Matches matches, double iou) {
        return perClass(matches, iou, Weighting.once(matches));
    }

    /**
     * The same for images that count as often as their weights say.
     *
     * @param weights by the images' numbers
     */
    public static List<Lrp> perClass(Matches matches, double iou, int[] weights) {
        List<Optimum> optima = new ArrayList<>();
        for (int label = 0; label < matches.classes().size(); label++) {
            long objects = 0;
            for (int image = 0; image < matches.images(); image++) {
                objects += (long) weights[image] * matches.objects(label, image);
            }
            optima.add(new Optimum(label, objects, 1 - iou));
        }
        for (int i = 0; i < matches.size(); i++) {
            optima.get(matches.label(i)).add(matches.score(i), matches.iou(i), weights[matches.image(i)]);
        }
        return optima.stream().map(Optimum::result).flatMap(Optional::stream).toList();
    }

    /** The mean of the errors: the oLRP of a detector; NaN without classes. */
    public static double mean(List<Lrp> perClass) {
        return perClass.stream().mapToDouble(Lrp::error).average().orElse(Double.NaN);
    }

    /** The lowest scores to keep, by class; a class without objects keeps nothing. */
    public static double[] thresholds(List<Lrp> perClass, int classes) {
        double[] lowest = new double[classes];
        Arrays.fill(lowest, NONE);
        perClass.forEach(lrp -> lowest[lrp.label] = lrp.threshold);
        return lowest;
    }

    /** Takes a class's detections, best first, and remembers where the error was least. */
    private static final class Optimum {
        private final double slack;
        private double hits;
        private double misses;
        private double distance;
        private double last = Double.POSITIVE_INFINITY;
        private Lrp best;

        Optimum(int label, long objects, double slack) {
            this.slack = slack;
            best = new Lrp(label, objects, 1, Double.NaN, Double.NaN, 1, NONE);
        }

        void add(double score, double iou, int weight) {
            if (score < last) {
                compare();
                last = score;
            }
            hits += iou > 0 ? weight : 0;
            misses += iou > 0 ? 0 : weight;
            distance += iou > 0 ? weight * (1 - iou) : 0;
        }

        private void compare() {
            double all = misses + best.objects;
            double error = (distance / slack + misses + best.objects - hits) / all;
            if (error < best.error) {
                best = new Lrp(
                        best.label,
                        best.objects,
                        error,
                        distance / hits,
                        misses / (hits + misses),
                        1 - hits / best.objects,
                        last);
            }
        }

        Optional<Lrp> result() {
            compare();
            return best.objects == 0 ? Optional.empty() : Optional.of(best);
        }
    }
}
