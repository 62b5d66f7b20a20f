package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;

/**
 * How predictions become detections.
 *
 * @param minScore detections of a lower score are dropped, in [0, 1]
 * @param overlap of two detections of a class with a larger IoU only the better stays, in [0, 1]
 * @param max most detections per image, at least 1
 */
public record DetectConfig(double minScore, double overlap, int max) {
    /** Suits average precision: low scores are kept. */
    public static final DetectConfig DEFAULT = new DetectConfig(0.01, 0.5, 100);

    /** Checks the ranges. */
    public DetectConfig {
        if (!(minScore >= 0 && minScore <= 1) || !(overlap >= 0 && overlap <= 1) || max < 1) {
            throw new ParfocalException("detect: minScore (" + minScore + ") and overlap (" + overlap
                    + ") must be in [0, 1], max (" + max + ") at least 1");
        }
    }
}
