package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a loss is evaluated on, from DJL's arrays.
 *
 * <p>Leading dimensions (batch, anchors, levels …) are one: {@code [B, A, C]} counts as {@code B * A} anchors.
 *
 * @param loss what is evaluated
 * @param shape of the predictions; the last dimension holds an anchor's classes, a row's bins, a box's numbers
 */
record Batches(Loss loss, Shape shape) {

    /** @throws ParfocalException if the shapes do not fit the loss; the message says which do */
    Batch read(Floats predicted, List<NDArray> given) {
        if (shape.dimension() == 0) {
            throw new ParfocalException("the predictions are one number without dimensions, and the loss " + loss.name()
                    + " needs " + wanted());
        }
        return switch (loss.kind()) {
            case POINTWISE -> pointwise(predicted, given);
            case ROW -> rows(predicted, given);
            case BOX -> boxes(predicted, given);
        };
    }

    /** One number for each anchor, row or box: the predictions' shape without the last dimension. */
    Shape anchors() {
        return shape.slice(0, shape.dimension() - 1);
    }

    private Batch pointwise(Floats predicted, List<NDArray> given) {
        requireSome(given);
        return given.get(0).getShape().equals(shape) ? dense(predicted, given) : sparse(predicted, given);
    }

    private Batch dense(Floats predicted, List<NDArray> given) {
        requireCount(given, loss.given().size());
        boolean flat = shape.dimension() == 1;
        int classes = flat ? 1 : last();
        return new Batch.Dense(predicted, flat ? predicted.length() : count(), classes, givenOf(given, shape));
    }

    private Batch sparse(Floats predicted, List<NDArray> given) {
        if (given.size() > 2 || !given.get(0).getShape().equals(anchors())) {
            throw new ParfocalException(mismatch(given));
        }
        int[] labels = Tensors.classIndexes(given.get(0), anchors());
        float[] quality = new float[labels.length];
        if (given.size() == 2) {
            Tensors.given(given.get(1), anchors(), "the qualities").read(0, quality, 0, quality.length);
        } else {
            Arrays.fill(quality, 1);
        }
        return new Batch.Sparse(predicted, count(), last(), labels, quality);
    }

    private Batch rows(Floats predicted, List<NDArray> given) {
        int bins = loss.predicted().get(0).length();
        if (last() != bins) {
            throw new ParfocalException("the loss " + loss.name() + " is for rows of " + bins + ", and the predictions "
                    + shape + " have rows of " + last() + ": use loss.withRowLength(" + last() + ")");
        }
        requireCount(given, loss.declaredGiven().size());
        return new Batch.Rows(predicted, count(), bins, givenOf(given, anchors()));
    }

    private Batch boxes(Floats predicted, List<NDArray> given) {
        if (last() != loss.predicted().size()
                || given.size() != 1
                || !given.get(0).getShape().equals(shape)) {
            throw new ParfocalException(mismatch(given));
        }
        return new Batch.Boxes(predicted, Tensors.given(given.get(0), shape, "the target boxes"), count());
    }

    private List<Floats> givenOf(List<NDArray> given, Shape needed) {
        List<Floats> all = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Input input = loss.declaredGiven().get(i);
            all.add(Tensors.given(given.get(i), input.isRow() ? shape : needed, "the labels for " + input.name()));
        }
        return all;
    }

    private void requireSome(List<NDArray> given) {
        if (given.isEmpty()) {
            throw new ParfocalException(mismatch(given));
        }
    }

    private void requireCount(List<NDArray> given, int count) {
        if (given.size() != count) {
            throw new ParfocalException(mismatch(given));
        }
    }

    private String mismatch(List<NDArray> given) {
        return "the loss " + loss.name() + " needs " + wanted() + "; it got predictions " + shape + " and labels "
                + given.stream().map(NDArray::getShape).toList();
    }

    private String wanted() {
        int arrays = loss.declaredGiven().size();
        String each = arrays == 1 ? "one label array" : arrays + " label arrays";
        return switch (loss.kind()) {
            case POINTWISE ->
                "predictions [..., classes] with " + each
                        + " of the same shape, or with class indexes [...] and, if wanted, qualities [...]";
            case ROW ->
                "predictions [..., bins] with " + each + " [...]"
                        + (loss.isGivenRows() ? ", and [..., bins] where a row is given" : "");
            case BOX ->
                "predictions [..., " + loss.predicted().size() + "] with one label array [..., "
                        + loss.given().size() + "]";
        };
    }

    private int last() {
        return Math.toIntExact(shape.get(shape.dimension() - 1));
    }

    private int count() {
        return Math.toIntExact(anchors().size());
    }

    /** Whether weights of this shape are for every element and not for every anchor. */
    boolean isElementwise(Shape weights) {
        return loss.kind() == Kind.POINTWISE && weights.equals(shape);
    }
}
