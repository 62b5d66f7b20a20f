package dev.parfocal.training.model;

import dev.parfocal.core.ParfocalException;

/** Width and height of a model's input, in pixels. */
public record InputSize(int width, int height) {
    /** Checks the ranges. */
    public InputSize {
        if (width < 32 || height < 32) {
            throw new ParfocalException(
                    "model.input must be at least 32 x 32 pixels, but is " + width + " x " + height);
        }
    }
}
