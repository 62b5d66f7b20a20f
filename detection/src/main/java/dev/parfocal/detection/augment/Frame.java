package dev.parfocal.detection.augment;

import dev.parfocal.detection.box.Fit;
import dev.parfocal.detection.image.Normalization;

/** What a network reads: {@code [3, height, width]}, with pictures brought to that size and their levels normalised. */
public record Frame(int width, int height, Fit fit, Normalization normalization) {

    public Frame {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame needs a size, not " + width + " × " + height);
        }
    }

    /** Stretched, with {@link Normalization#STANDARD}. */
    public static Frame of(int width, int height) {
        return new Frame(width, height, Fit.STRETCH, Normalization.STANDARD);
    }

    /** How many floats a picture takes. */
    public int size() {
        return 3 * width * height;
    }
}
