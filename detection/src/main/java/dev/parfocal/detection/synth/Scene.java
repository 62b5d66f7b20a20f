package dev.parfocal.detection.synth;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.RgbImage;
import java.util.List;

/**
 * A drawn picture and the objects in it.
 *
 * @param annotations boxes tight around the visible pixels; areas count those pixels; labels index {@link SceneGenerator#categories()}
 */
public record Scene(RgbImage image, List<Annotation> annotations) {

    public Scene {
        annotations = List.copyOf(annotations);
    }
}
