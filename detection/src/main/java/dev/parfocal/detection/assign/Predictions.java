package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;

/**
 * What a detector predicts for one image, as far as an assigner asks. Most assigners read few of the scores, so an
 * implementation over a tensor's memory need not compute all of {@code [priors, classes]} first.
 */
public interface Predictions {

    /** The number of classes; 1 where a detector only tells objects from background. */
    int classes();

    /**
     * The probability of class {@code label} at a prior, in [0, 1]. For a detector that predicts objectness too it is the
     * product of both.
     */
    double score(int prior, int label);

    /** The logit of class {@code label} at a prior. */
    double logit(int prior, int label);

    /** A side of the decoded box at a prior, in pixels: 0 is x1, 1 is y1, 2 is x2, 3 is y2. */
    double side(int prior, int side);

    /**
     * Predictions in arrays.
     *
     * @param scores {@code [priors, classes]} probabilities
     * @param classes the number of classes
     * @param boxes {@code [priors, 4]} decoded boxes: x1, y1, x2, y2 in pixels
     */
    static Predictions of(float[] scores, int classes, float[] boxes) {
        requireSizes("scores", scores, classes, boxes);
        return new Predictions() {
            @Override
            public int classes() {
                return classes;
            }

            @Override
            public double score(int prior, int label) {
                return scores[prior * classes + label];
            }

            @Override
            public double logit(int prior, int label) {
                double score = score(prior, label);
                return Math.log(score) - Math.log1p(-score);
            }

            @Override
            public double side(int prior, int side) {
                return boxes[prior * 4 + side];
            }
        };
    }

    /**
     * Predictions in arrays, whose scores are the sigmoids of their logits.
     *
     * @param logits {@code [priors, classes]}
     * @param classes the number of classes
     * @param boxes {@code [priors, 4]} decoded boxes: x1, y1, x2, y2 in pixels
     */
    static Predictions ofLogits(float[] logits, int classes, float[] boxes) {
        requireSizes("logits", logits, classes, boxes);
        return new Predictions() {
            @Override
            public int classes() {
                return classes;
            }

            @Override
            public double score(int prior, int label) {
                return 1 / (1 + Math.exp(-logit(prior, label)));
            }

            @Override
            public double logit(int prior, int label) {
                return logits[prior * classes + label];
            }

            @Override
            public double side(int prior, int side) {
                return boxes[prior * 4 + side];
            }
        };
    }

    private static void requireSizes(String what, float[] values, int classes, float[] boxes) {
        if (classes < 1 || (long) values.length * 4 != (long) boxes.length * classes) {
            throw new ParfocalException("predictions need " + what + " [priors, " + classes
                    + "] and boxes [priors, 4], not " + values.length + " and " + boxes.length + " numbers");
        }
    }

    /** No predictions: reading one is an error. */
    static Predictions none() {
        return new Predictions() {
            @Override
            public int classes() {
                throw new ParfocalException("this assigner needs the detector's predictions and got none");
            }

            @Override
            public double score(int prior, int label) {
                return classes();
            }

            @Override
            public double logit(int prior, int label) {
                return classes();
            }

            @Override
            public double side(int prior, int side) {
                return classes();
            }
        };
    }
}
