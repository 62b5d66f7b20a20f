package dev.parfocal.training.engine;

import org.bytedeco.pytorch.global.torch;

/** Reading a feature map between its pixels, by what it is taken to be outside. */
public enum Sampling {
    /** Zero outside. */
    ZERO_OUTSIDE,
    /** Outside as at the nearest pixel of the border. */
    BORDER_OUTSIDE;

    /**
     * Values of a map at points, each interpolated bilinearly between the four pixels around it.
     *
     * @param map {@code [batch, channels, height, width]}
     * @param points {@code [batch, rows, columns, 2]}: x and y, -1 at the left or upper edge of the map (not: the centre of
     *     its first pixel), 1 at the other
     * @return {@code [batch, channels, rows, columns]}
     */
    public Tensor at(Tensor map, Tensor points) {
        return new Tensor(torch.grid_sampler(map.raw, points.raw, BILINEAR, ordinal(), false));
    }

    private static final long BILINEAR = 0;
}
