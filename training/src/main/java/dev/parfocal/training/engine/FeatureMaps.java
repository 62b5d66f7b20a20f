package dev.parfocal.training.engine;

import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** Operations on feature maps {@code [batch, channels, height, width]} that stay in channels-last memory. */
public final class FeatureMaps {
    private static final long BILINEAR = 0;

    private FeatureMaps() {}

    /** What a map is taken to be beyond its border. */
    public enum Beyond {
        /** Zero. */
        ZERO,
        /** As at the nearest pixel of the border. */
        BORDER
    }

    /**
     * Values at points, each interpolated bilinearly between the four pixels around it.
     *
     * @param points {@code [batch, rows, columns, 2]}: x and y, -1 at the left or upper edge of the map (not: the centre of
     *     its first pixel), 1 at the other
     * @return {@code [batch, channels, rows, columns]}
     */
    public static Tensor at(Tensor x, Tensor points, Beyond beyond) {
        return new Tensor(torch.grid_sampler(x.raw, points.raw, BILINEAR, beyond.ordinal(), false));
    }

    /** The means of squares of {@code size} × {@code size} pixels; height and width are multiples of {@code size}. */
    public static Tensor averaged(Tensor x, int size) {
        long[] square = {size, size};
        return new Tensor(torch.avg_pool2d(x.raw, square, square, new long[] {0, 0}, false, true, new LongOptional()));
    }

    /**
     * The largest value in a square around every {@code stride}-th pixel; what lies beyond the border does not count:
     * {@code [batch, channels, ceil(height / stride), ceil(width / stride)]}.
     *
     * @param kernel side of the square, odd
     */
    public static Tensor maxPool(Tensor x, int kernel, int stride) {
        long padding = kernel / 2;
        return new Tensor(torch.max_pool2d(
                x.raw,
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false));
    }

    /** Every second pixel of every second row, the first among them; sizes are rounded up. */
    public static Tensor everySecondPixel(Tensor x) {
        return shifted(x, 0, 0);
    }

    /**
     * The four pixels of each square of 2 × 2 as channels of one: {@code [batch, 4 · channels, height / 2, width / 2]}, in
     * the order top left, bottom left, top right, bottom right (the "focus" layer of YOLOX).
     *
     * @param x height and width even
     */
    public static Tensor squaresAsChannels(Tensor x) {
        return Tensor.concatenate(List.of(shifted(x, 0, 0), shifted(x, 1, 0), shifted(x, 0, 1), shifted(x, 1, 1)), 1);
    }

    /** Another size by bilinear interpolation between the centres of pixels ({@code align_corners} false). */
    public static Tensor bilinear(Tensor x, int height, int width) {
        return new Tensor(torch.upsample_bilinear2d(
                x.raw, new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional()));
    }

    /** x where x is above 0, {@code slope} · x elsewhere; Maas et al., ICML 2013. */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return new Tensor(torch.leaky_relu(x.raw, new Scalar(slope)));
    }

    private static Tensor shifted(Tensor x, long row, long column) {
        org.bytedeco.pytorch.Tensor rows = x.raw.slice(2, new LongOptional(row), new LongOptional(x.raw.size(2)), 2);
        return new Tensor(rows.slice(3, new LongOptional(column), new LongOptional(x.raw.size(3)), 2)
                .contiguous(torch.MemoryFormat.ChannelsLast));
    }
}
