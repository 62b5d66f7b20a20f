package dev.parfocal.detection.data;

import java.nio.file.Path;
import java.util.List;

/**
 * An image and its objects.
 *
 * @param id unique in the data set; detections refer to it
 * @param width of the image as it is shown (EXIF orientation applied), in pixels
 */
public record Sample(long id, Path file, int width, int height, List<Annotation> annotations) {

    public Sample {
        annotations = List.copyOf(annotations);
    }
}
