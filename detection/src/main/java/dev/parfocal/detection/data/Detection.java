package dev.parfocal.detection.data;

import dev.parfocal.detection.box.Box;
import org.jspecify.annotations.Nullable;

/**
 * One object that a detector reports.
 *
 * @param imageId {@link Sample#id()}
 * @param label index into {@link Dataset#categories()}
 * @param box in pixels of the original image, XYXY
 * @param score in [0, 1]
 * @param deviations how sure the detector is of each side; absent if it does not say
 */
public record Detection(
        long imageId,
        int label,
        Box box,
        double score,
        @Nullable SideDeviations deviations) {

    /** A detection whose detector does not say how sure it is of the sides. */
    public Detection(long imageId, int label, Box box, double score) {
        this(imageId, label, box, score, null);
    }
}
