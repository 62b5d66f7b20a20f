package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.SideCode;
import java.util.List;

/**
 * What the tasks of a step look at.
 *
 * @param prediction the model's outputs
 * @param decoded distances to the sides of boxes
 * @param objects of each image, boxes in pixels of the model's input
 * @param assignments which points own which object, per image
 * @param positives the points that own an object
 * @param quality {@code [positives]} what the class of each is to score
 * @param factor {@code [positives]} how much each counts, for its object's sake
 * @param settings of this step, with the weights of the balance
 * @param separate whether each component's gradient must be a contribution of its own
 */
public record Scene(
        Prediction prediction,
        SideCode.Decoded decoded,
        List<List<Annotation>> objects,
        List<Assignment> assignments,
        Positives positives,
        float[] quality,
        float[] factor,
        StepSettings settings,
        boolean separate) {

    /** {@code [positives]} quality times factor. */
    float[] boxWeights() {
        float[] weights = quality.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor[i];
        }
        return weights;
    }
}
