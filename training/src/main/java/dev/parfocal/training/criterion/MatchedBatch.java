package dev.parfocal.training.criterion;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.model.Prediction;
import java.util.List;
import java.util.Map;

/**
 * A batch whose predictions have been matched with its objects: what the losses of a step are evaluated on.
 *
 * @param prediction the model's outputs
 * @param objects of each image, boxes in pixels of the model's input
 * @param outputs the supervised outputs by name, matched
 * @param settings of this step, with the weights of the balance
 * @param separate whether each component's gradient must be a contribution of its own
 */
public record MatchedBatch(
        Prediction prediction,
        List<List<Annotation>> objects,
        Map<String, MatchedOutput> outputs,
        StepSettings settings,
        boolean separate) {

    /** Whether the batch has an output. */
    boolean has(String name) {
        return outputs.containsKey(name);
    }

    /** A supervised output. */
    public MatchedOutput output(String name) {
        MatchedOutput matched = outputs.get(name);
        if (matched == null) {
            throw new IllegalArgumentException("the output " + name + " is not supervised");
        }
        return matched;
    }

    /** The output that detections are made from. */
    public MatchedOutput result() {
        return output(prediction.result().name());
    }
}
