package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.NormalizeBy;

/** What the sum over a batch is divided by. None is ever less than its floor, so that an empty batch is 0. */
public sealed interface Normalizer permits Normalizer.Simple, Normalizer.Given, Normalizer.PerImage, MovingAverage {

    /** Normalisers without a number of their own. */
    enum Simple implements Normalizer {
        /** Nothing: the sum stands. */
        NONE,
        /** The number of elements that count (not ignored), at least 1. */
        ELEMENTS,
        /** The number of positives, at least 1: elements with a target that is not 0; rows and boxes of weight not 0. */
        POSITIVES,
        /** The sum of the positives' qualities, at least 1; for rows and boxes the sum of their weights. */
        QUALITY
    }

    /**
     * A number that the caller knows.
     *
     * @param number greater than 0
     */
    record Given(double number) implements Normalizer {
        public Given {
            if (!(number > 0) || number == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("a loss must be divided by a number greater than 0, not by " + number);
            }
        }
    }

    /**
     * Each image's sum by its own number of positives, at least 1, and then the mean over the images. {@link
     * Evaluation#sum} is then the sum of the images' quotients, {@link Evaluation#normalizer} the number of images.
     *
     * @param images how many images the batch holds, one after the other, all with the same number of anchors
     */
    record PerImage(int images) implements Normalizer {
        public PerImage {
            if (images < 1) {
                throw new ParfocalException("a batch has 1 image or more, not " + images);
            }
        }
    }

    static Normalizer none() {
        return Simple.NONE;
    }

    static Normalizer elements() {
        return Simple.ELEMENTS;
    }

    static Normalizer positives() {
        return Simple.POSITIVES;
    }

    static Normalizer quality() {
        return Simple.QUALITY;
    }

    static Normalizer given(double number) {
        return new Given(number);
    }

    static Normalizer perImage(int images) {
        return new PerImage(images);
    }

    /** What a recipe asks for. */
    static Normalizer of(NormalizeBy keyword) {
        return switch (keyword) {
            case NONE -> Simple.NONE;
            case ELEMENTS -> Simple.ELEMENTS;
            case POSITIVES -> Simple.POSITIVES;
            case QUALITY -> Simple.QUALITY;
        };
    }
}
