package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Move;
import dev.parfocal.detection.augment.Tint;
import java.util.List;

/**
 * Random changes to training images.
 *
 * @param horizontalFlip probability of swapping left and right
 * @param verticalFlip probability of swapping top and bottom
 * @param minScale smallest zoom
 * @param maxScale largest zoom
 * @param shift largest shift, as a share of width and height
 * @param brightness largest change of brightness, a share
 * @param contrast largest change of contrast, a share
 * @param saturation largest change of saturation, a share
 */
public record AugmentConfig(
        double horizontalFlip,
        double verticalFlip,
        double minScale,
        double maxScale,
        double shift,
        double brightness,
        double contrast,
        double saturation) {
    /** Horizontal flips, zoom, shift and some colour. */
    public static final AugmentConfig DEFAULT = new AugmentConfig(0.5, 0, 0.8, 1.3, 0.1, 0.2, 0.2, 0.2);

    /** No changes at all. */
    public static final AugmentConfig NONE = new AugmentConfig(0, 0, 1, 1, 0, 0, 0, 0);

    /** Checks the ranges. */
    public AugmentConfig {
        if (!(minScale > 0) || !(maxScale >= minScale)) {
            throw new ParfocalException(
                    "augment: 0 < minScale <= maxScale is needed, but they are " + minScale + " and " + maxScale);
        }
    }

    /** Share of an object's box that must stay in view. */
    private static final double MIN_VISIBLE = 0.3;

    /** The changes. */
    public Augmentation augmentation() {
        List<Move> moves = List.of(
                new Move.HorizontalFlip(horizontalFlip),
                new Move.VerticalFlip(verticalFlip),
                new Move.Zoom(minScale, maxScale),
                new Move.Shift(shift));
        List<Tint> tints =
                List.of(new Tint.Brightness(brightness), new Tint.Contrast(contrast), new Tint.Saturation(saturation));
        return new Augmentation(moves, tints, MIN_VISIBLE);
    }
}
