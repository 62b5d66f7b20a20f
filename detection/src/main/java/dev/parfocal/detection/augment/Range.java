package dev.parfocal.detection.augment;

import dev.parfocal.core.ParfocalException;

/** Checks of settings that users write. */
final class Range {

    private Range() {}

    static void require(String what, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ParfocalException(
                    "augmentation: the " + what + " must be in [" + min + ", " + max + "], not " + value);
        }
    }
}
