package dev.parfocal.detection.augment;

import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.image.Normalization;
import dev.parfocal.detection.image.Resampler;
import dev.parfocal.detection.image.RgbImage;

/**
 * Draws a placed picture straight into a network's planes: one bilinear pass that moves, resizes, recolours and
 * normalises. What the picture does not cover is {@link Resampler#FILL}.
 */
public final class Warp {

    /** From this reduction on two taps per axis would alias, so the source is halved first. */
    private static final double HALVE_FROM = 1.75;

    private Warp() {}

    /**
     * Draws the picture.
     *
     * @param placement from the picture's pixels to the frame's
     * @param planes receives {@code [3, height, width]}
     * @param offset where in {@code planes} the red plane starts
     */
    public static void draw(
            RgbImage image, Placement placement, ColourMatrix colour, Frame frame, float[] planes, int offset) {
        RgbImage source = image;
        Placement place = placement;
        while (Math.min(Math.abs(place.scaleX()), Math.abs(place.scaleY())) < 1 / HALVE_FROM
                && Math.min(source.width(), source.height()) > 1) {
            source = source.halved();
            place = new Placement(2, 2, 0, 0).then(place);
        }
        Line columns = Line.of(frame.width(), source.width(), place.scaleX(), place.shiftX());
        Line rows = Line.of(frame.height(), source.height(), place.scaleY(), place.shiftY());
        Sink sink = new Sink(colour.flat(), frame.normalization(), planes, frame.width() * frame.height());
        for (int y = 0; y < frame.height(); y++) {
            row(source.pixels(), source.width(), columns, rows, y, sink, offset + y * frame.width());
        }
    }

    private static void row(int[] pixels, int stride, Line columns, Line rows, int y, Sink sink, int at) {
        int width = columns.low.length;
        if (rows.low[y] < 0) {
            for (int x = 0; x < width; x++) {
                sink.put(at + x, 128, 128, 128);
            }
            return;
        }
        int top = rows.low[y] * stride;
        int bottom = rows.high[y] * stride;
        float down = rows.share[y];
        for (int x = 0; x < width; x++) {
            int left = columns.low[x];
            if (left < 0) {
                sink.put(at + x, 128, 128, 128);
                continue;
            }
            int right = columns.high[x];
            float across = columns.share[x];
            int a = pixels[top + left];
            int b = pixels[top + right];
            int c = pixels[bottom + left];
            int d = pixels[bottom + right];
            float wd = across * down;
            float wb = across - wd;
            float wc = down - wd;
            float wa = 1 - across - wc;
            sink.put(
                    at + x,
                    wa * (a >> 16 & 255) + wb * (b >> 16 & 255) + wc * (c >> 16 & 255) + wd * (d >> 16 & 255),
                    wa * (a >> 8 & 255) + wb * (b >> 8 & 255) + wc * (c >> 8 & 255) + wd * (d >> 8 & 255),
                    wa * (a & 255) + wb * (b & 255) + wc * (c & 255) + wd * (d & 255));
        }
    }

    /** For each frame column (or row): the two source columns it lies between, and its share of the second; -1 outside. */
    private record Line(int[] low, int[] high, float[] share) {

        static Line of(int size, int sourceSize, double scale, double shift) {
            int[] low = new int[size];
            int[] high = new int[size];
            float[] share = new float[size];
            for (int i = 0; i < size; i++) {
                double edge = (i + 0.5 - shift) / scale;
                double at = Math.max(0, Math.min(sourceSize - 1, edge - 0.5));
                low[i] = edge < 0 || edge > sourceSize ? -1 : (int) at;
                high[i] = Math.min((int) at + 1, sourceSize - 1);
                share[i] = (float) (at - (int) at);
            }
            return new Line(low, high, share);
        }
    }

    /** Recolours, clamps, normalises and stores one pixel. */
    private static final class Sink {
        private final float[] m;
        private final float[] planes;
        private final int plane;
        private final float factor;
        private final float shift;

        Sink(float[] matrix, Normalization normalization, float[] planes, int plane) {
            this.m = matrix;
            this.planes = planes;
            this.plane = plane;
            this.factor = 1 / (255 * normalization.deviation());
            this.shift = -normalization.mean() / normalization.deviation();
        }

        void put(int at, float red, float green, float blue) {
            planes[at] = level(m[0] * red + m[1] * green + m[2] * blue + m[3]);
            planes[at + plane] = level(m[4] * red + m[5] * green + m[6] * blue + m[7]);
            planes[at + 2 * plane] = level(m[8] * red + m[9] * green + m[10] * blue + m[11]);
        }

        private float level(float value) {
            return Math.max(0f, Math.min(255f, value)) * factor + shift;
        }
    }
}
