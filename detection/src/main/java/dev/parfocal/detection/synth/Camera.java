package dev.parfocal.detection.synth;

import dev.parfocal.detection.image.RgbImage;

/** What a real camera does to a scene: a little blur, uneven light, grain. */
final class Camera {

    private Camera() {}

    static RgbImage take(RgbImage scene, double strength, Dice dice) {
        RgbImage image = scene;
        if (dice.chance(0.4 * strength)) {
            image = blurred(scene);
        }
        double grain = strength * dice.between(2, 11);
        double light = 1 + strength * dice.between(-0.18, 0.18);
        double vignette = strength * dice.between(0, 0.35);
        int[] pixels = new int[image.pixels().length];
        double cx = image.width() / 2.0;
        double cy = image.height() / 2.0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double fromCentre = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (cx * cx + cy * cy);
                double factor = light * (1 - vignette * fromCentre);
                double grey = grain * dice.gaussian();
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double level = factor * image.level(x, y, channel) + grey + 0.5 * grain * dice.gaussian();
                    rgb = rgb << 8 | (int) Math.max(0, Math.min(255, Math.round(level)));
                }
                pixels[y * image.width() + x] = rgb;
            }
        }
        return new RgbImage(image.width(), image.height(), pixels);
    }

    /** Each pixel the 1-2-1 mean of its neighbourhood. */
    private static RgbImage blurred(RgbImage image) {
        int[] pixels = new int[image.pixels().length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    rgb = rgb << 8 | mean(image, x, y, channel);
                }
                pixels[y * image.width() + x] = rgb;
            }
        }
        return new RgbImage(image.width(), image.height(), pixels);
    }

    private static int mean(RgbImage image, int x, int y, int channel) {
        int sum = 8;
        for (int dy = -1; dy <= 1; dy++) {
            int row = Math.max(0, Math.min(image.height() - 1, y + dy));
            for (int dx = -1; dx <= 1; dx++) {
                int column = Math.max(0, Math.min(image.width() - 1, x + dx));
                sum += (2 - Math.abs(dx)) * (2 - Math.abs(dy)) * image.level(column, row, channel);
            }
        }
        return sum >> 4;
    }
}
