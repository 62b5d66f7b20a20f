package dev.parfocal.training.model;

import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * What a model may know of the objects while it trains: region sampling and denoising need them, nothing else looks.
 *
 * @param objects of each image, boxes in pixels of the model's input; absent in use
 * @param seed of what is drawn in this step
 */
public record Truth(Optional<List<List<Annotation>>> objects, long seed) {

    /** In use nothing is known. */
    public static final Truth UNKNOWN = new Truth(Optional.empty(), 0);

    /** In training. */
    public static Truth of(List<List<Annotation>> objects, long seed) {
        return new Truth(Optional.of(objects), seed);
    }
}
