package dev.parfocal.detection.calibration;

import dev.parfocal.detection.metric.Matches;

/** Turns scores into calibrated ones; never swaps two. */
@FunctionalInterface
public interface Calibrator {

    /** The calibrated score, in [0, 1], of a score in [0, 1]. */
    double apply(double score);

    /** The same detections with calibrated scores. */
    default Matches apply(Matches matches) {
        double[] scores = new double[matches.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = apply(matches.score(i));
        }
        return matches.withScores(scores);
    }
}
