package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;

/**
 * Which images are seen more often than others.
 *
 * @param rare how much more often images with rare classes are seen, in [0, 1]: 0 as often as others, 1 as often as their
 *     {@link dev.parfocal.detection.sampling.RepeatFactors repeat factor} says
 * @param below classes on a smaller share of the images than this are rare, in (0, 1]
 */
public record SamplingConfig(double rare, double below) {
    /** Every image once in each epoch. */
    public static final SamplingConfig DEFAULT = new SamplingConfig(0, 0.3);

    /** Checks the ranges. */
    public SamplingConfig {
        if (!(rare >= 0 && rare <= 1) || !(below > 0 && below <= 1)) {
            throw new ParfocalException(
                    "sampling: rare must be in [0, 1] (is " + rare + "), below in (0, 1] (is " + below + ")");
        }
    }
}
