package dev.parfocal.detection.image;

import dev.parfocal.detection.box.Fit;
import dev.parfocal.detection.box.Placement;
import java.util.Arrays;

/**
 * Resizes pictures with a triangle filter: bilinear where the picture grows, an area-weighted mean as wide as the
 * reduction where it shrinks, so that fine structure fades instead of aliasing.
 */
public final class Resampler {

    /** What a letterboxed picture is surrounded with. */
    public static final int FILL = 0x808080;

    private Resampler() {}

    /** A picture brought to a frame's size, and where its content went. */
    public record Fitted(RgbImage image, Placement placement) {}

    /** Resizes to exactly this size. */
    public static RgbImage resize(RgbImage image, int width, int height) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        float[] rows = horizontally(image, Taps.of(image.width(), width));
        return vertically(rows, width, image.height(), Taps.of(image.height(), height));
    }

    /** Brings a picture to a frame's size; a letterboxed one is surrounded with {@link #FILL}. */
    public static Fitted fit(RgbImage image, Fit fit, int width, int height) {
        Placement placement = fit.place(image.width(), image.height(), width, height);
        int innerWidth = inner(placement.scaleX() * image.width(), width);
        int innerHeight = inner(placement.scaleY() * image.height(), height);
        RgbImage content = resize(image, innerWidth, innerHeight);
        if (innerWidth == width && innerHeight == height) {
            return new Fitted(content, placement);
        }
        RgbImage frame = RgbImage.filled(width, height, FILL);
        int left = Math.min((int) placement.shiftX(), width - innerWidth);
        int top = Math.min((int) placement.shiftY(), height - innerHeight);
        for (int y = 0; y < innerHeight; y++) {
            System.arraycopy(content.pixels(), y * innerWidth, frame.pixels(), (top + y) * width + left, innerWidth);
        }
        Placement exact =
                new Placement((double) innerWidth / image.width(), (double) innerHeight / image.height(), left, top);
        return new Fitted(frame, exact);
    }

    private static int inner(double size, int max) {
        return Math.max(1, Math.min(max, (int) Math.round(size)));
    }

    /** Red, green, blue of {@code [height, new width]}, interleaved. */
    private static float[] horizontally(RgbImage image, Taps taps) {
        int width = taps.count();
        float[] rows = new float[3 * width * image.height()];
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width();
            for (int x = 0; x < width; x++) {
                float red = 0;
                float green = 0;
                float blue = 0;
                float[] weights = taps.weights()[x];
                int source = row + taps.first()[x];
                for (float weight : weights) {
                    int rgb = image.pixels()[source++];
                    red += weight * (rgb >> 16 & 255);
                    green += weight * (rgb >> 8 & 255);
                    blue += weight * (rgb & 255);
                }
                int at = 3 * (y * width + x);
                rows[at] = red;
                rows[at + 1] = green;
                rows[at + 2] = blue;
            }
        }
        return rows;
    }

    private static RgbImage vertically(float[] rows, int width, int oldHeight, Taps taps) {
        int stride = 3 * width;
        assert rows.length == stride * oldHeight;
        int[] pixels = new int[width * taps.count()];
        float[] sum = new float[stride];
        for (int y = 0; y < taps.count(); y++) {
            Arrays.fill(sum, 0.5f);
            int source = taps.first()[y] * stride;
            for (float weight : taps.weights()[y]) {
                for (int i = 0; i < stride; i++) {
                    sum[i] += weight * rows[source + i];
                }
                source += stride;
            }
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = (int) sum[3 * x] << 16 | (int) sum[3 * x + 1] << 8 | (int) sum[3 * x + 2];
            }
        }
        return new RgbImage(width, taps.count(), pixels);
    }
}
