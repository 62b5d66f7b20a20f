package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import org.jspecify.annotations.Nullable;

/**
 * Factors of the elements' values and gradients; those that are there are multiplied. An element of weight 0 counts for
 * nothing, whatever its logit: its value and gradient are exactly 0.
 *
 * @param element one for each element: {@code [anchors, classes]}, {@code [rows]} or {@code [boxes]}
 * @param anchor one for each anchor, row or box
 * @param classes one for each class: {@code [classes]}; of a loss of logits it is a factor of every element of the class,
 *     positive or not, of a loss of rows one of the rows that are given the class
 */
public record Weights(
        @Nullable Floats element,
        @Nullable Floats anchor,
        @Nullable Floats classes) {

    private static final Weights NONE = new Weights(null, null, null);

    /** Every element counts once. */
    public static Weights none() {
        return NONE;
    }

    public static Weights perElement(Floats weights) {
        return NONE.withElement(weights);
    }

    public static Weights perAnchor(Floats weights) {
        return NONE.withAnchor(weights);
    }

    public static Weights perClass(Floats weights) {
        return NONE.withClasses(weights);
    }

    public Weights withElement(Floats weights) {
        return new Weights(weights, anchor, classes);
    }

    public Weights withAnchor(Floats weights) {
        return new Weights(element, weights, classes);
    }

    /** With other factors of the classes; null: none. */
    public Weights withClasses(@Nullable Floats weights) {
        return new Weights(element, anchor, weights);
    }

    boolean isNone() {
        return element == null && anchor == null && classes == null;
    }
}
