package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.parfocal.core.ParfocalException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which arrays of a batch a loss reads, by their places in DJL's lists.
 *
 * @param prediction the place among the predictions
 * @param labels the places among the labels; empty means all of them, in their order
 * @param weights the place of the weights among the labels, if there are any
 */
record Head(int prediction, List<Integer> labels, OptionalInt weights) {

    /** A model with one output, and every label array is this loss's. */
    static final Head ONLY = new Head(0, List.of(), OptionalInt.empty());

    Head withWeights(int place) {
        return new Head(prediction, labels, OptionalInt.of(place));
    }

    NDArray prediction(NDList predictions) {
        return pick("prediction", predictions, prediction);
    }

    List<NDArray> given(NDList all) {
        List<NDArray> given = new ArrayList<>();
        if (labels.isEmpty()) {
            for (int i = 0; i < all.size(); i++) {
                if (weights.isEmpty() || weights.getAsInt() != i) {
                    given.add(all.get(i));
                }
            }
        } else {
            labels.forEach(place -> given.add(pick("label", all, place)));
        }
        return given;
    }

    List<NDArray> weights(NDList all) {
        return weights.isEmpty() ? List.of() : List.of(pick("label", all, weights.getAsInt()));
    }

    /** All that this loss reads of a batch: what identifies it. */
    List<NDArray> everything(NDList predictions, NDList allLabels) {
        List<NDArray> arrays = new ArrayList<>();
        arrays.add(prediction(predictions));
        arrays.addAll(given(allLabels));
        arrays.addAll(weights(allLabels));
        return arrays;
    }

    private static NDArray pick(String what, NDList list, int place) {
        if (place < 0 || place >= list.size()) {
            throw new ParfocalException("this loss reads " + what + " array " + place + " of the batch, which has "
                    + list.size() + ": see ParfocalLoss.withHead");
        }
        return list.get(place);
    }
}
