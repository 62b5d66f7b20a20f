package dev.parfocal.detection.assign;

import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * Decides which points of one image learn which object. Implementations are values: without state, safe to share between
 * threads, and the same input gives the same result. Boxes are in pixels of the input image, as the points are.
 *
 * <p>Crowd annotations own no point; points inside them that no object owns are ignored. Boxes without a positive width
 * and height, or with coordinates that are not finite, own no point either.
 */
public interface Assigner {

    /**
     * Assigns the points of one image.
     *
     * @param priors where the detector predicts
     * @param objects the objects of the image, in any order; may be empty
     * @param predictions what the detector predicts now; {@link Predictions#none()} unless {@link #needsPredictions()}
     */
    Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions);

    /** Whether the assignment depends on the predictions, and so changes while the detector learns. */
    boolean needsPredictions();
}
