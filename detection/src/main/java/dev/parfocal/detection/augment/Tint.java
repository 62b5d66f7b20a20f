package dev.parfocal.detection.augment;

import java.util.random.RandomGenerator;

/** A random change of colour. */
public interface Tint {

    /** Draws one. */
    ColourMatrix draw(RandomGenerator random);

    /** All levels times a factor in {@code [1 - strength, 1 + strength]}. */
    record Brightness(double strength) implements Tint {
        public Brightness {
            Range.require("strength of brightness", strength, 0, 1);
        }

        @Override
        public ColourMatrix draw(RandomGenerator random) {
            return ColourMatrix.brightness(around(random, strength));
        }
    }

    /** Distances from mid-grey times a factor in {@code [1 - strength, 1 + strength]}. */
    record Contrast(double strength) implements Tint {
        public Contrast {
            Range.require("strength of contrast", strength, 0, 1);
        }

        @Override
        public ColourMatrix draw(RandomGenerator random) {
            return ColourMatrix.contrast(around(random, strength));
        }
    }

    /** Distances from the pixel's own grey times a factor in {@code [1 - strength, 1 + strength]}. */
    record Saturation(double strength) implements Tint {
        public Saturation {
            Range.require("strength of saturation", strength, 0, 1);
        }

        @Override
        public ColourMatrix draw(RandomGenerator random) {
            return ColourMatrix.saturation(around(random, strength));
        }
    }

    private static double around(RandomGenerator random, double strength) {
        return 1 + strength * (2 * random.nextDouble() - 1);
    }
}
