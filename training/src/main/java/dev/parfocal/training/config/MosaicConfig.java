package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Mosaic;

/**
 * Images put together from four.
 *
 * @param probability that what a step sees of an image is such a one, in [0, 1]
 * @param minZoom smallest zoom of each of the four
 * @param maxZoom largest zoom
 * @param until share of the run's epochs after which there are no more, in (0, 1]: the last ones see images as they will be in use
 */
public record MosaicConfig(double probability, double minZoom, double maxZoom, double until) {
    /** Half of the views, until 85 % of the epochs have passed. */
    public static final MosaicConfig DEFAULT = new MosaicConfig(0.5, 0.5, 1, 0.85);

    /** Checks the ranges. */
    public MosaicConfig {
        requireShares("augment.mosaic", probability, until);
        if (!(minZoom > 0) || !(maxZoom >= minZoom)) {
            throw new ParfocalException(
                    "augment.mosaic: 0 < minZoom <= maxZoom is needed, but they are " + minZoom + " and " + maxZoom);
        }
    }

    /** The mosaic of images that are changed as {@code augment} says, but for zoom and shift. */
    Mosaic mosaic(AugmentConfig augment) {
        return new Mosaic(augment.inPlace(), minZoom, maxZoom);
    }

    static void requireShares(String section, double probability, double until) {
        if (!(probability >= 0 && probability <= 1) || !(until > 0 && until <= 1)) {
            throw new ParfocalException(section + ": probability must be in [0, 1] (is " + probability
                    + "), until in (0, 1] (is " + until + ")");
        }
    }
}
