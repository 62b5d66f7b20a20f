package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.util.Map;

/**
 * What the head predicts for every anchor point (pixel of a level), finest level first, row by row.
 *
 * @param logits class × quality logits {@code [batch, anchors, classes]}, row-major
 * @param sides left, top, right, bottom of the box {@code [batch, anchors, 4 · bins]}, row-major: logits of
 *     distributions over 0, 1, … regMax strides, or one raw value each whose softplus is the distance in strides
 * @param branches further outputs by their branch's name, row-major
 * @param shared what all of them were computed from
 */
public record Prediction(Tensor logits, Tensor sides, Map<String, Tensor> branches, Shared shared) {

    /** Without further outputs. */
    public Prediction(Tensor logits, Tensor sides) {
        this(logits, sides, Map.of(), Shared.NOTHING);
    }

    /** A further output. */
    public Tensor branch(String name) {
        Tensor output = branches.get(name);
        if (output == null) {
            throw new IllegalArgumentException("the model was built without the branch " + name);
        }
        return output;
    }
}
