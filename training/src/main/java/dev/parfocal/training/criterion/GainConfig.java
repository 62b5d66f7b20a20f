package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;

/**
 * A factor on the classification loss that makes one loss as strong as another.
 *
 * @param mode measured or given
 * @param share {@code AUTO}: of the gradient at the features that all outputs share, what classification has at the first
 *     step with objects, in (0, 1): its norm over the sum of its norm and that of all other losses together
 * @param value {@code FIXED}: the factor, above 0
 */
public record GainConfig(Mode mode, double share, double value) {
    /** Where the factor comes from. */
    public enum Mode {
        /** It is measured at the first step that has objects, and then stays. */
        AUTO,
        /** It is given. */
        FIXED
    }

    /** The losses as they are. */
    public static final GainConfig DEFAULT = new GainConfig(Mode.FIXED, 0.5, 1);

    /** Checks the ranges. */
    public GainConfig {
        if (!(share > 0 && share < 1) || !(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("loss.gain: share must be in (0, 1) (is " + share
                    + "), value above 0 and finite (is " + value + ")");
        }
    }
}
