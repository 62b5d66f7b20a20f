package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/**
 * The boxes that a detector's predictions start from, in pixels of its input image: the cells of its feature maps, anchors,
 * proposals, or the reference boxes of queries. They stand level by level, finest level first.
 *
 * @param box {@code [priors, 4]} x1, y1, x2, y2 in pixels
 * @param stride {@code [priors]} pixels per cell of the prior's map; 1 for boxes that belong to no map
 * @param levelStart {@code [levels + 1]} where each level begins in the other arrays; the last entry is the number of priors
 */
public record Priors(float[] box, float[] stride, int[] levelStart) {

    /** What priors are: decides which assigners can teach the predictions that start from them. */
    public enum Kind {
        /** The cells of feature maps, one prediction each. */
        CELLS("cells of feature maps"),
        /** Boxes of chosen sizes and aspect ratios at every cell of feature maps. */
        ANCHORS("anchors"),
        /** Boxes that another part of the detector chose in this image. */
        PROPOSALS("proposals"),
        /** The queries of a transformer's decoder. */
        QUERIES("queries");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As it stands in a sentence. */
        public String words() {
            return words;
        }
    }

    public Priors {
        int size = stride.length;
        if (box.length != 4 * size || levelStart.length < 1) {
            throw new ParfocalException(
                    "priors need boxes [priors, 4], strides [priors] and at least one level start, not " + box.length
                            + ", " + size + " and " + levelStart.length + " numbers");
        }
        if (levelStart[0] != 0 || levelStart[levelStart.length - 1] != size) {
            throw new ParfocalException("levelStart must begin with 0 and end with the number of priors, " + size);
        }
        for (int level = 0; level + 1 < levelStart.length; level++) {
            if (levelStart[level] > levelStart[level + 1]) {
                throw new ParfocalException("levelStart must not descend (level " + level + ")");
            }
        }
    }

    /**
     * The cells of an image of {@code width} x {@code height} pixels: for every stride a map of
     * {@code ceil(width / stride) x ceil(height / stride)} cells, as padded convolutions give.
     */
    public static Priors cells(int width, int height, int... strides) {
        int[] columns = new int[strides.length];
        int[] rows = new int[strides.length];
        for (int level = 0; level < strides.length; level++) {
            if (strides[level] < 1 || width < 1 || height < 1) {
                throw new ParfocalException("cells need a positive width, height and stride, not " + width + " x "
                        + height + " at stride " + strides[level]);
            }
            columns[level] = (width + strides[level] - 1) / strides[level];
            rows[level] = (height + strides[level] - 1) / strides[level];
        }
        return ofMaps(columns, rows, strides);
    }

    /**
     * The cells of feature maps of {@code columns[level] x rows[level]} cells, each map row by row: squares of
     * {@code strides[level]} pixels, so that the centre of cell {@code i} lies at {@code (i + 0.5) * stride}.
     */
    public static Priors ofMaps(int[] columns, int[] rows, int[] strides) {
        int[] start = new int[strides.length + 1];
        for (int level = 0; level < strides.length; level++) {
            start[level + 1] = start[level] + columns[level] * rows[level];
        }
        int size = start[strides.length];
        Priors cells = new Priors(new float[4 * size], new float[size], start);
        for (int level = 0; level < strides.length; level++) {
            int stride = strides[level];
            Arrays.fill(cells.stride, start[level], start[level + 1], stride);
            for (int at = start[level]; at < start[level + 1]; at++) {
                int column = (at - start[level]) % columns[level];
                int row = (at - start[level]) / columns[level];
                cells.box[4 * at] = column * stride;
                cells.box[4 * at + 1] = row * stride;
                cells.box[4 * at + 2] = (column + 1) * stride;
                cells.box[4 * at + 3] = (row + 1) * stride;
            }
        }
        return cells;
    }

    /** Boxes that belong to no map, such as proposals and the references of queries: one level, stride 1. */
    public static Priors boxes(float[] box) {
        float[] stride = new float[box.length / 4];
        Arrays.fill(stride, 1);
        return new Priors(box, stride, new int[] {0, stride.length});
    }

    public int size() {
        return stride.length;
    }

    public int levels() {
        return levelStart.length - 1;
    }

    /** The level that a prior belongs to; 0 is the finest. */
    public int level(int prior) {
        int level = 0;
        while (levelStart[level + 1] <= prior) {
            level++;
        }
        return level;
    }

    /** The centre of a prior, in pixels. */
    public float x(int prior) {
        return (box[4 * prior] + box[4 * prior + 2]) / 2;
    }

    /** The centre of a prior, in pixels. */
    public float y(int prior) {
        return (box[4 * prior + 1] + box[4 * prior + 3]) / 2;
    }

    /** In pixels. */
    public float width(int prior) {
        return box[4 * prior + 2] - box[4 * prior];
    }

    /** In pixels. */
    public float height(int prior) {
        return box[4 * prior + 3] - box[4 * prior + 1];
    }
}
