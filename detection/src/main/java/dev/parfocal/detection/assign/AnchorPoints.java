package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;

/**
 * The points at which a detector predicts: the centres of the cells of its feature maps, finest map first, each map row by
 * row. Cell {@code i} of a map lies at {@code (i + 0.5) * stride} pixels.
 *
 * @param x {@code [anchors]} in pixels of the input image
 * @param y {@code [anchors]} in pixels of the input image
 * @param stride {@code [anchors]} pixels per cell of the point's map
 * @param levelStart {@code [levels + 1]} where each map begins in the other arrays; the last entry is the number of points
 */
public record AnchorPoints(float[] x, float[] y, float[] stride, int[] levelStart) {

    public AnchorPoints {
        int size = x.length;
        if (y.length != size || stride.length != size || levelStart.length < 1) {
            throw new ParfocalException(
                    "anchor points need x, y and stride of one length and at least one level start");
        }
        if (levelStart[0] != 0 || levelStart[levelStart.length - 1] != size) {
            throw new ParfocalException("levelStart must begin with 0 and end with the number of points, " + size);
        }
        for (int level = 0; level + 1 < levelStart.length; level++) {
            if (levelStart[level] > levelStart[level + 1]) {
                throw new ParfocalException("levelStart must not descend (level " + level + ")");
            }
        }
    }

    /**
     * The points of an image of {@code width} x {@code height} pixels: for every stride a map of
     * {@code ceil(width / stride) x ceil(height / stride)} cells, as padded convolutions give.
     */
    public static AnchorPoints of(int width, int height, int... strides) {
        int[] columns = new int[strides.length];
        int[] rows = new int[strides.length];
        for (int level = 0; level < strides.length; level++) {
            if (strides[level] < 1 || width < 1 || height < 1) {
                throw new ParfocalException("anchor points need a positive width, height and stride, not " + width
                        + " x " + height + " at stride " + strides[level]);
            }
            columns[level] = (width + strides[level] - 1) / strides[level];
            rows[level] = (height + strides[level] - 1) / strides[level];
        }
        return ofMaps(columns, rows, strides);
    }

    /** The points of feature maps of {@code columns[level] x rows[level]} cells of {@code strides[level]} pixels. */
    public static AnchorPoints ofMaps(int[] columns, int[] rows, int[] strides) {
        int[] start = new int[strides.length + 1];
        for (int level = 0; level < strides.length; level++) {
            start[level + 1] = start[level] + columns[level] * rows[level];
        }
        int size = start[strides.length];
        AnchorPoints points = new AnchorPoints(new float[size], new float[size], new float[size], start);
        for (int level = 0; level < strides.length; level++) {
            for (int at = start[level]; at < start[level + 1]; at++) {
                int column = (at - start[level]) % columns[level];
                int row = (at - start[level]) / columns[level];
                points.x[at] = (column + 0.5f) * strides[level];
                points.y[at] = (row + 0.5f) * strides[level];
                points.stride[at] = strides[level];
            }
        }
        return points;
    }

    public int size() {
        return x.length;
    }

    public int levels() {
        return levelStart.length - 1;
    }
}
