package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.Output;
import java.util.List;

/**
 * An output with what its rows have to learn.
 *
 * @param decoded its boxes
 * @param assignments which priors own which object, per image
 * @param positives the rows that own an object
 * @param quality {@code [positives]} what the class of each is to score
 * @param factor {@code [positives]} how much each counts, for its object's sake
 */
public record MatchedOutput(
        Output output,
        BoxCode.Decoded decoded,
        List<Assignment> assignments,
        Positives positives,
        float[] quality,
        float[] factor) {

    /** {@code [positives]} quality times factor. */
    float[] boxWeights() {
        float[] weights = quality.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor[i];
        }
        return weights;
    }

    /** The same where objects count differently. */
    MatchedOutput withFactor(float[] other) {
        return new MatchedOutput(output, decoded, assignments, positives, quality, other);
    }
}
