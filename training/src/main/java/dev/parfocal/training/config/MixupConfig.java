package dev.parfocal.training.config;

/**
 * Images laid over each other, half of the levels of each, with the objects of both; Zhang et al., arXiv 1902.04103.
 *
 * @param probability that what a step sees of an image is mixed with another, in [0, 1]
 * @param until share of the run's epochs after which none is, in (0, 1]
 */
public record MixupConfig(double probability, double until) {
    /** A quarter of the views, until 85 % of the epochs have passed. */
    public static final MixupConfig DEFAULT = new MixupConfig(0.25, 0.85);

    /** Checks the ranges. */
    public MixupConfig {
        MosaicConfig.requireShares("augment.mixup", probability, until);
    }
}
