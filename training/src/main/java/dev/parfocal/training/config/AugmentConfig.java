package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Mosaic;
import dev.parfocal.detection.augment.Move;
import dev.parfocal.detection.augment.Tint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param mosaic images put together from four; absent: none
 * @param mixup images laid over each other; absent: none
 */
public record AugmentConfig(
        double horizontalFlip,
        double verticalFlip,
        double minScale,
        double maxScale,
        double shift,
        double brightness,
        double contrast,
        double saturation,
        @Nullable MosaicConfig mosaic,
        @Nullable MixupConfig mixup) {
    /** Horizontal flips, zoom, shift and some colour. */
    public static final AugmentConfig DEFAULT = new AugmentConfig(0.5, 0, 0.8, 1.3, 0.1, 0.2, 0.2, 0.2, null, null);

    /** No changes at all. */
    public static final AugmentConfig NONE = new AugmentConfig(0, 0, 1, 1, 0, 0, 0, 0, null, null);

    /** Checks the ranges. */
    public AugmentConfig {
        if (!(minScale > 0) || !(maxScale >= minScale)) {
            throw new ParfocalException(
                    "augment: 0 < minScale <= maxScale is needed, but they are " + minScale + " and " + maxScale);
        }
    }

    /** Share of an object's box that must stay in view. */
    private static final double MIN_VISIBLE = 0.3;

    /** The changes to one image. */
    public Augmentation augmentation() {
        List<Move> moves = new ArrayList<>(flips());
        moves.add(new Move.Zoom(minScale, maxScale));
        moves.add(new Move.Shift(shift));
        return new Augmentation(moves, tints(), MIN_VISIBLE);
    }

    /** Those of them that leave an image where it is. */
    Augmentation inPlace() {
        return new Augmentation(flips(), tints(), MIN_VISIBLE);
    }

    /** How four images are put together; null: they are not. */
    public @Nullable Mosaic fourInOne() {
        return mosaic == null ? null : mosaic.mosaic(this);
    }

    private List<Move> flips() {
        return List.of(new Move.HorizontalFlip(horizontalFlip), new Move.VerticalFlip(verticalFlip));
    }

    private List<Tint> tints() {
        return List.of(new Tint.Brightness(brightness), new Tint.Contrast(contrast), new Tint.Saturation(saturation));
    }
}
