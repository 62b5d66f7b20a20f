package dev.parfocal.detection.data;

import java.nio.file.Path;
import java.util.List;

/**
 * An image and its objects.
 *
 * @param id unique in the data set; detections refer to it
 * @param source the id in the file it was read from, for files written for its owner
 * @param width of the image as it is shown (EXIF orientation applied), in pixels
 */
public record Sample(long id, RecordId source, Path file, int width, int height, List<Annotation> annotations) {

    public Sample {
        annotations = List.copyOf(annotations);
    }

    /** An image whose file knows it by the same id. */
    public Sample(long id, Path file, int width, int height, List<Annotation> annotations) {
        this(id, RecordId.of(id), file, width, height, annotations);
    }
}
