package dev.parfocal.detection.augment;

import dev.parfocal.detection.box.Placement;
import java.util.random.RandomGenerator;

/** A random change of place: where the frame's content lies in the frame afterwards. */
public interface Move {

    /** Draws one. The frame is {@code width × height} pixels, before and after. */
    Placement draw(RandomGenerator random, int width, int height);

    /** Left and right are swapped with this probability. */
    record HorizontalFlip(double probability) implements Move {
        public HorizontalFlip {
            Range.require("probability of a flip", probability, 0, 1);
        }

        @Override
        public Placement draw(RandomGenerator random, int width, int height) {
            return random.nextDouble() < probability ? Placement.mirrorX(width) : Placement.identity();
        }
    }

    /** Top and bottom are swapped with this probability. */
    record VerticalFlip(double probability) implements Move {
        public VerticalFlip {
            Range.require("probability of a flip", probability, 0, 1);
        }

        @Override
        public Placement draw(RandomGenerator random, int width, int height) {
            return random.nextDouble() < probability ? Placement.mirrorY(height) : Placement.identity();
        }
    }

    /** Content grows or shrinks about the frame's centre by a factor between {@code min} and {@code max}, as likely half as double. */
    record Zoom(double min, double max) implements Move {
        public Zoom {
            Range.require("smallest zoom", min, 0.05, 20);
            Range.require("largest zoom", max, min, 20);
        }

        @Override
        public Placement draw(RandomGenerator random, int width, int height) {
            double factor = min * Math.pow(max / min, random.nextDouble());
            return new Placement(factor, factor, width * (1 - factor) / 2, height * (1 - factor) / 2);
        }
    }

    /** Content moves by up to this share of the frame's width and height, in any direction. */
    record Shift(double share) implements Move {
        public Shift {
            Range.require("largest shift", share, 0, 1);
        }

        @Override
        public Placement draw(RandomGenerator random, int width, int height) {
            double dx = (2 * random.nextDouble() - 1) * share * width;
            double dy = (2 * random.nextDouble() - 1) * share * height;
            return new Placement(1, 1, dx, dy);
        }
    }

    /** A window of the frame's shape, at least this share of its width and height, becomes the whole frame. */
    record Crop(double minSide) implements Move {
        public Crop {
            Range.require("smallest side of a crop", minSide, 0.05, 1);
        }

        @Override
        public Placement draw(RandomGenerator random, int width, int height) {
            double side = minSide + (1 - minSide) * random.nextDouble();
            double factor = 1 / side;
            double left = random.nextDouble() * (1 - side) * width;
            double top = random.nextDouble() * (1 - side) * height;
            return new Placement(factor, factor, -left * factor, -top * factor);
        }
    }
}
