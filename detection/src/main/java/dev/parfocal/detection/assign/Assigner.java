package dev.parfocal.detection.assign;

import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * Decides which priors of one image learn which object. Implementations are values: without state, safe to share between
 * threads, and the same input gives the same result. Boxes are in pixels of the input image, as the priors are.
 *
 * <p>Crowd annotations own no prior; priors whose centres lie inside them and that no object owns are ignored. Boxes without
 * a positive width and height, or with coordinates that are not finite, own no prior either.
 */
public interface Assigner {

    /**
     * Assigns the priors of one image.
     *
     * @param priors what the detector's predictions start from
     * @param objects the objects of the image, in any order; may be empty
     * @param predictions what the detector predicts now; {@link Predictions#none()} unless {@link #needsPredictions()}
     */
    Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions);

    /** Whether the assignment depends on the predictions, and so changes while the detector learns. */
    boolean needsPredictions();

    /** Why this assigner cannot teach predictions that start from such priors; empty where it can. */
    Optional<String> unsuitable(Priors.Kind kind);

    /** The indices of the objects that can own priors, smallest first, whatever their order in the list. */
    static int[] learnt(List<Annotation> objects) {
        return Targets.of(objects).learnt();
    }
}
