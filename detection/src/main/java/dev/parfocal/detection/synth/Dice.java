package dev.parfocal.detection.synth;

import java.awt.Color;
import java.util.SplittableRandom;

/** The chance behind one scene: everything in it depends on the generator's seed and the scene's number alone. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed, int scene) {
        // Mixed twice: seeds that differ by a multiple of SplittableRandom's increment give one shifted sequence.
        long mixed = new SplittableRandom(seed).nextLong() + scene;
        random = new SplittableRandom(new SplittableRandom(mixed).nextLong());
    }

    double between(double min, double max) {
        return min + (max - min) * random.nextDouble();
    }

    /** Both ends included. */
    int whole(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double gaussian() {
        return random.nextGaussian();
    }

    <T> T one(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** An index, as likely as its weight. */
    int weighted(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** Any hue, from nearly grey to vivid. */
    Color colour() {
        float saturation = (float) between(0.1, 0.95);
        float brightness = (float) between(0.2, 1);
        return Color.getHSBColor((float) between(0.0, 1.0), saturation, brightness);
    }

    /** A colour told apart from what is around it: at least 70 levels away. */
    Color colourAgainst(Color around) {
        Color colour = colour();
        for (int attempt = 0; attempt < 50 && distance(colour, around) < 70; attempt++) {
            colour = colour();
        }
        return colour;
    }

    static double distance(Color a, Color b) {
        int red = a.getRed() - b.getRed();
        int green = a.getGreen() - b.getGreen();
        int blue = a.getBlue() - b.getBlue();
        return Math.sqrt(red * red + green * green + blue * blue);
    }

    /** The colour, lighter (positive) or darker (negative) by a share. */
    static Color shade(Color colour, double share) {
        double to = share > 0 ? 255 : 0;
        double by = Math.abs(share);
        return new Color(mix(colour.getRed(), to, by), mix(colour.getGreen(), to, by), mix(colour.getBlue(), to, by));
    }

    private static int mix(int level, double to, double share) {
        return (int) Math.round(level + (to - level) * share);
    }
}
