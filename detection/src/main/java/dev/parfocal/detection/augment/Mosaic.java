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
 * Four pictures around a point of the frame that is drawn from its middle, each zoomed by itself and with its corner at that
 * point: more objects, smaller ones, and other surroundings; Bochkovskiy et al., arXiv 2004.10934.
 *
 * @param each what else is done to each picture, flips and tints; a move that shifts would part it from the point
 * @param minZoom smallest zoom of a picture beside the frame, above 0
 * @param maxZoom largest zoom
 */
public record Mosaic(Augmentation each, double minZoom, double maxZoom) {

    /** How many pictures it is made of. */
    public static final int PICTURES = 4;

    /** The point lies at least this share of the frame away from its border. */
    private static final double MARGIN = 0.25;

    /** Checks the ranges. */
    public Mosaic {
        Range.require("smallest zoom in a mosaic", minZoom, 0.05, 20);
        Range.require("largest zoom in a mosaic", maxZoom, minZoom, 20);
    }

    /**
     * Draws one.
     *
     * @param pictures four, in the order top left, top right, bottom left, bottom right
     * @param planes receives {@code [3, height, width]}
     * @param offset where in {@code planes} the red plane starts
     * @return the objects that stay, boxes in the frame's pixels
     */
    public List<Annotation> draw(List<Picture> pictures, Frame frame, long seed, float[] planes, int offset) {
        RandomGenerator random = new SplittableRandom(seed);
        int x = between(random, frame.width());
        int y = between(random, frame.height());
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            boolean left = i % 2 == 0;
            boolean top = i < 2;
            Quarter quarter = new Quarter(
                    left ? 0 : x, top ? 0 : y, left ? x : frame.width() - x, top ? y : frame.height() - y, frame);
            RgbImage image = pictures.get(i).image();
            Placement inFrame = each.placement(image, frame, random).then(zoom(random));
            Box whole = inFrame.apply(new Box(0, 0, image.width(), image.height()));
            Placement placement = inFrame.then(new Placement(
                    1,
                    1,
                    left ? quarter.width - whole.x2() : -whole.x1(),
                    top ? quarter.height - whole.y2() : -whole.y1()));
            quarter.draw(image, placement, each.colour(random), planes, offset);
            for (Annotation a : each.follow(pictures.get(i).annotations(), placement, quarter.frame())) {
                annotations.add(new Annotation(quarter.inFrame(a.box()), a.label(), a.crowd(), a.area()));
            }
        }
        return annotations;
    }

    private Placement zoom(RandomGenerator random) {
        double factor = minZoom * Math.pow(maxZoom / minZoom, random.nextDouble());
        return new Placement(factor, factor, 0, 0);
    }

    private static int between(RandomGenerator random, int size) {
        double share = MARGIN + (1 - 2 * MARGIN) * random.nextDouble();
        return Math.max(1, Math.min(size - 1, (int) (share * size)));
    }

    /** A part of the frame that one picture fills. */
    private record Quarter(int left, int top, int width, int height, Frame whole) {

        Frame frame() {
            return new Frame(width, height, whole.fit(), whole.normalization());
        }

        Box inFrame(Box box) {
            return new Box(box.x1() + left, box.y1() + top, box.x2() + left, box.y2() + top);
        }

        void draw(RgbImage image, Placement placement, ColourMatrix colour, float[] planes, int offset) {
            float[] own = new float[frame().size()];
            Warp.draw(image, placement, colour, frame(), own, 0);
            for (int row = 0; row < 3 * height; row++) {
                int at = row / height * whole.height() + top + row % height;
                System.arraycopy(own, row * width, planes, offset + at * whole.width() + left, width);
            }
        }
    }
}
