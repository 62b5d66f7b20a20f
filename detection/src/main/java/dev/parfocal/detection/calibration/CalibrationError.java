package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;
import java.util.Arrays;

/**
 * How far scores are from what came of them, in [0, 1]; 0 is best. NaN where there are no detections.
 *
 * <p>All of them look at the detections given and at nothing else: missed objects do not count, and dropping every detection
 * of a low score can make any of them small. Compare detectors by them only together with an accuracy, and cut at an operating
 * point that belongs to the detector ({@link Lrp#threshold()}), not at one score for all.
 */
public final class CalibrationError {

    private CalibrationError() {}

    /**
     * D-ECE: scores against precision, over all classes together. Küppers, Kronenberger, Shantia, Haselhoff: Multivariate
     * Confidence Calibration for Object Detection, CVPR Workshops 2020, with the score as the only dimension. arXiv 2004.13546.
     *
     * @param matches at the IoU from which a detection is right
     * @param bins of equal width; the paper has 20, Oksuz et al. 25
     * @param weights how often each image counts, by its number
     */
    public static double dEce(Matches matches, int bins, int[] weights) {
        return ReliabilityCurve.of(matches, Target.HIT, bins, weights).error();
    }

    /** D-ECE, every image counted once. */
    public static double dEce(Matches matches, int bins) {
        return dEce(matches, bins, Weighting.once(matches));
    }

    /**
     * LaECE: scores against precision times mean IoU of what is right, class by class, and the mean over the classes that have
     * detections. Oksuz, Joy, Dokania: Towards Building Self-Aware Object Detectors via Reliable Uncertainty Quantification
     * and Calibration, CVPR 2023, eq. 5 and 6. arXiv 2307.00934. With a matching at IoU 0 it is LaECE₀ of Kuzucu et al. 2024.
     *
     * @param matches at the IoU from which a detection is right
     * @param bins of equal width; the paper has 25
     * @param weights how often each image counts, by its number
     */
    public static double laEce(Matches matches, int bins, int[] weights) {
        return Arrays.stream(ReliabilityCurve.perClass(matches, Target.IOU, bins, weights))
                .mapToDouble(ReliabilityCurve::error)
                .filter(error -> !Double.isNaN(error))
                .average()
                .orElse(Double.NaN);
    }

    /** LaECE, every image counted once. */
    public static double laEce(Matches matches, int bins) {
        return laEce(matches, bins, Weighting.once(matches));
    }

    /**
     * LaACE₀: the distance of each single score from its detection's IoU, class by class, and the mean over the classes that
     * have detections; bins as small as can be, so that errors of opposite sign cannot cancel. Kuzucu, Oksuz, Sadeghi, Dokania:
     * On Calibration of Object Detectors: Pitfalls, Evaluation and Baselines, ECCV 2024. arXiv 2405.20459.
     *
     * @param matches at IoU 0
     * @param weights how often each image counts, by its number
     */
    public static double laAce(Matches matches, int[] weights) {
        int classes = matches.classes().size();
        double[] sum = new double[classes];
        double[] count = new double[classes];
        for (int i = 0; i < matches.size(); i++) {
            int weight = weights[matches.image(i)];
            sum[matches.label(i)] += weight * Math.abs(matches.score(i) - matches.iou(i));
            count[matches.label(i)] += weight;
        }
        double total = 0;
        for (int label = 0; label < classes; label++) {
            total += count[label] > 0 ? sum[label] / count[label] : 0;
        }
        return total / Arrays.stream(count).filter(each -> each > 0).count();
    }

    /** LaACE₀, every image counted once. */
    public static double laAce(Matches matches) {
        return laAce(matches, Weighting.once(matches));
    }
}
