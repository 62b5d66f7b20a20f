package dev.parfocal.detection.augment;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.RgbImage;
import java.util.List;

/**
 * A picture to be drawn.
 *
 * @param annotations its objects, boxes in its own pixels
 */
public record Picture(RgbImage image, List<Annotation> annotations) {
    /** Copies the list. */
    public Picture {
        annotations = List.copyOf(annotations);
    }
}
