package dev.parfocal.detection.augment;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random views of a picture for training. Boxes follow their objects, are clipped to the frame, and are dropped when too
 * little of them is left to see. The same seed gives the same view.
 *
 * @param moves drawn one after the other, on the picture already brought to the frame
 * @param tints likewise
 * @param minVisible an object stays while at least this share of its box lies in the frame, in [0, 1]
 */
public record Augmentation(List<Move> moves, List<Tint> tints, double minVisible) {

    /** Objects that become thinner than this, in pixels of the frame, are dropped. */
    private static final double MIN_SIDE = 1;

    public Augmentation {
        moves = List.copyOf(moves);
        tints = List.copyOf(tints);
        Range.require("visible share", minVisible, 0, 1);
    }

    /** The picture as it is, only brought to the frame. */
    public static Augmentation none() {
        return new Augmentation(List.of(), List.of(), 0);
    }

    /**
     * Horizontal flips, zoom by 0.8 to 1.3, shifts by up to a tenth, moderate changes of brightness, contrast and saturation.
     *
     * @param vertical whether top and bottom may be swapped too: right for pictures without an "up"
     */
    public static Augmentation standard(boolean vertical) {
        List<Move> moves = new ArrayList<>();
        moves.add(new Move.HorizontalFlip(0.5));
        moves.add(new Move.VerticalFlip(vertical ? 0.5 : 0));
        moves.add(new Move.Zoom(0.8, 1.3));
        moves.add(new Move.Shift(0.1));
        return new Augmentation(
                moves, List.of(new Tint.Brightness(0.2), new Tint.Contrast(0.2), new Tint.Saturation(0.2)), 0.3);
    }

    /** A seed for one view: the same for the same run, epoch and image, unrelated for any other. */
    public static long seed(long run, int epoch, long image) {
        SplittableRandom mixed = new SplittableRandom(run * 0x9e3779b97f4a7c15L + epoch);
        return new SplittableRandom(mixed.nextLong() ^ image).nextLong();
    }

    /**
     * The objects of one view, in the frame's pixels.
     *
     * @param annotations those that stayed; {@link Annotation#area()} is scaled and cut in proportion to the box
     * @param placement from the picture's pixels to the frame's
     */
    public record View(List<Annotation> annotations, Placement placement) {}

    /**
     * Draws one view of a picture.
     *
     * <p>The picture may have any size; one near the frame's is fastest.
     *
     * @param planes receives {@code [3, height, width]}
     * @param offset where in {@code planes} the red plane starts
     */
    public View draw(RgbImage image, List<Annotation> annotations, Frame frame, long seed, float[] planes, int offset) {
        RandomGenerator random = new SplittableRandom(seed);
        Placement placement = placement(image, frame, random);
        Warp.draw(image, placement, colour(random), frame, planes, offset);
        return new View(follow(annotations, placement, frame), placement);
    }

    /** Draws where a picture lies in the frame. */
    Placement placement(RgbImage image, Frame frame, RandomGenerator random) {
        Placement placement = frame.fit().place(image.width(), image.height(), frame.width(), frame.height());
        for (Move move : moves) {
            placement = placement.then(move.draw(random, frame.width(), frame.height()));
        }
        return placement;
    }

    /** Draws a picture's colours. */
    ColourMatrix colour(RandomGenerator random) {
        ColourMatrix colour = ColourMatrix.identity();
        for (Tint tint : tints) {
            colour = colour.then(tint.draw(random));
        }
        return colour;
    }

    /** The objects that stay to be seen where a placement brings them. */
    List<Annotation> follow(List<Annotation> annotations, Placement placement, Frame frame) {
        List<Annotation> kept = new ArrayList<>(annotations.size());
        for (Annotation annotation : annotations) {
            Box whole = placement.apply(annotation.box());
            Box seen = whole.clipped(frame.width(), frame.height());
            double share = whole.area() > 0 ? seen.area() / whole.area() : 0;
            boolean thin = Math.min(seen.width(), seen.height()) < MIN_SIDE;
            if (share > 0 && share >= minVisible && !thin) {
                double area = annotation.area() * placement.areaFactor() * share;
                kept.add(new Annotation(seen, annotation.label(), annotation.crowd(), area));
            }
        }
        return kept;
    }
}
