package dev.parfocal.detection.augment;

import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.image.Normalization;
import dev.parfocal.detection.image.Resampler;
import dev.parfocal.detection.image.RgbImage;
import java.util.Arrays;

/**
 * Draws a placed picture straight into a network's planes: one bilinear pass that moves, resizes, recolours and
 * normalises. What the picture does not cover is {@link Resampler#FILL}.
 */
public final class Warp {

    /** From this reduction on two taps per axis would alias, so the source is halved first. */
    private static final double HALVE_FROM = 1.75;

    private static final float GREY = Resampler.FILL & 255;

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
        Recolour recolour = new Recolour(colour.flat(), frame.normalization(), new float[frame.width()]);
        SourceRows lines = new SourceRows(source, rows);
        float[][] pixels = new float[3][frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            float[][] line = lines.at(y);
            for (int channel = 0; channel < 3; channel++) {
                columns.spread(line[channel], pixels[channel]);
            }
            recolour.store(pixels, planes, offset + y * frame.width(), frame.width() * frame.height());
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

        /** Interpolates a source row; what lies outside becomes grey. */
        void spread(float[] source, float[] result) {
            for (int x = 0; x < result.length; x++) {
                int left = low[x];
                if (left < 0) {
                    result[x] = GREY;
                } else {
                    float a = source[left];
                    result[x] = a + share[x] * (source[high[x]] - a);
                }
            }
        }
    }

    /** The source's rows as floats, blended where a frame row lies between two of them; each is unpacked once. */
    private static final class SourceRows {
        private final RgbImage source;
        private final Line rows;
        private final float[][] fill;
        private final float[][] blend;
        /** The unpacked rows of even and of odd number that were asked for last. */
        private final float[][][] unpacked;

        private final int[] number = {-1, -1};

        SourceRows(RgbImage source, Line rows) {
            this.source = source;
            this.rows = rows;
            fill = new float[3][source.width()];
            blend = new float[3][source.width()];
            unpacked = new float[2][3][source.width()];
            for (float[] channel : fill) {
                Arrays.fill(channel, GREY);
            }
        }

        /** The source under a frame row, {@code [3, source width]}; valid until the next call. */
        float[][] at(int y) {
            if (rows.low[y] < 0) {
                return fill;
            }
            float[][] top = unpacked(rows.low[y]);
            float[][] bottom = unpacked(rows.high[y]);
            for (int channel = 0; channel < 3; channel++) {
                blend(top[channel], bottom[channel], rows.share[y], blend[channel]);
            }
            return blend;
        }

        private static void blend(float[] a, float[] b, float share, float[] result) {
            for (int x = 0; x < result.length; x++) {
                result[x] = a[x] + share * (b[x] - a[x]);
            }
        }

        private float[][] unpacked(int row) {
            float[][] channels = unpacked[row & 1];
            if (number[row & 1] != row) {
                number[row & 1] = row;
                int[] pixels = source.pixels();
                int at = row * source.width();
                for (int x = 0; x < source.width(); x++) {
                    int rgb = pixels[at + x];
                    channels[0][x] = rgb >> 16 & 255;
                    channels[1][x] = rgb >> 8 & 255;
                    channels[2][x] = rgb & 255;
                }
            }
            return channels;
        }
    }

    /** Recolours, clamps and normalises rows of pixels. */
    private record Recolour(float[] m, Normalization normalization, float[] line) {

        void store(float[][] rgb, float[] planes, int at, int plane) {
            float factor = 1 / (255 * normalization.deviation());
            float shift = -normalization.mean() / normalization.deviation();
            for (int channel = 0; channel < 3; channel++) {
                level(rgb[0], rgb[1], rgb[2], 4 * channel, factor, shift);
                System.arraycopy(line, 0, planes, at + channel * plane, line.length);
            }
        }

        /** One channel into {@link #line}: a row of its own at index 0 lets the virtual machine use vectors. */
        private void level(float[] red, float[] green, float[] blue, int row, float factor, float shift) {
            float r = m[row];
            float g = m[row + 1];
            float b = m[row + 2];
            float c = m[row + 3];
            for (int x = 0; x < red.length; x++) {
                float level = r * red[x] + g * green[x] + b * blue[x] + c;
                line[x] = Math.max(0f, Math.min(255f, level)) * factor + shift;
            }
        }
    }
}
