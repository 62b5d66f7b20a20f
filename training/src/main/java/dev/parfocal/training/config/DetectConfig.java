package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;

/**
 * How predictions become detections. The steps come in the order of the keys.
 *
 * @param minScore detections of a lower score are dropped, in [0, 1]
 * @param perLevel the most that are kept of each level of the pyramid, best scores first, at least 1; absent: all
 * @param clip whether boxes are clipped to the image before duplicates are suppressed, as torchvision's detectors do it, or
 *     only after
 * @param smallest boxes whose width or height, in pixels of the model's input, is less are dropped, above 0; absent: none
 * @param overlap of two detections of a class with a larger IoU only the better stays, in [0, 1]; absent: both stay, for
 *     detectors that give each object to one query
 * @param max most detections per image, at least 1
 */
public record DetectConfig(
        double minScore,
        @Nullable Integer perLevel,
        boolean clip,
        @Nullable Double smallest,
        @Nullable Double overlap,
        int max) {
    /** Suits average precision: low scores are kept. */
    public static final DetectConfig DEFAULT = new DetectConfig(0.01, null, false, null, 0.5, 100);

    /** Checks the ranges. */
    public DetectConfig {
        if (!(minScore >= 0 && minScore <= 1) || overlap != null && !(overlap >= 0 && overlap <= 1) || max < 1) {
            throw new ParfocalException("detect: minScore (" + minScore + ") and overlap (" + overlap
                    + ") must be in [0, 1], max (" + max + ") at least 1");
        }
        if (perLevel != null && perLevel < 1 || smallest != null && !(smallest > 0)) {
            throw new ParfocalException("detect: perLevel (" + perLevel + ") must be at least 1, smallest (" + smallest
                    + ") above 0; leave out what is not wanted");
        }
    }
}
