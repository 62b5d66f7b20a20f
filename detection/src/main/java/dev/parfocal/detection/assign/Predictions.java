package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;

/**
 * What a detector predicts for one image, as far as an assigner asks. Assigners read a score only where a point lies inside
 * an object of that class, so an implementation over logits need not compute all of {@code [anchors, classes]} first.
 */
public interface Predictions {

    /** The probability of class {@code label} at point {@code anchor}, in [0, 1]. */
    double score(int anchor, int label);

    /** A side of the decoded box at point {@code anchor}, in pixels: 0 is x1, 1 is y1, 2 is x2, 3 is y2. */
    double side(int anchor, int side);

    /**
     * Predictions in arrays.
     *
     * @param scores {@code [anchors, classes]} probabilities
     * @param classes the number of classes
     * @param boxes {@code [anchors, 4]} decoded boxes: x1, y1, x2, y2 in pixels
     */
    static Predictions of(float[] scores, int classes, float[] boxes) {
        if (classes < 1 || (long) scores.length * 4 != (long) boxes.length * classes) {
            throw new ParfocalException("predictions need scores [anchors, " + classes
                    + "] and boxes [anchors, 4], not " + scores.length + " and " + boxes.length + " numbers");
        }
        return new Predictions() {
            @Override
            public double score(int anchor, int label) {
                return scores[anchor * classes + label];
            }

            @Override
            public double side(int anchor, int side) {
                return boxes[anchor * 4 + side];
            }
        };
    }

    /** No predictions: reading one is an error. */
    static Predictions none() {
        return new Predictions() {
            @Override
            public double score(int anchor, int label) {
                throw new ParfocalException("this assigner needs the detector's predictions and got none");
            }

            @Override
            public double side(int anchor, int side) {
                return score(anchor, side);
            }
        };
    }
}
