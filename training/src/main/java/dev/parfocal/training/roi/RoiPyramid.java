package dev.parfocal.training.roi;

import dev.parfocal.training.engine.Selection;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features of boxes from the levels of a pyramid: a large box's from a coarse map, a small one's from a fine map; Lin et
 * al., FPN, arXiv 1612.03144, equation 1.
 *
 * @param align how a box's part of a map is read
 * @param strides of the maps, powers of 2, finest first
 */
public record RoiPyramid(RoiAlign align, List<Integer> strides) {
    /** A box of this side, in pixels, is read at the stride of {@link #CANONICAL_LEVEL}. */
    private static final double CANONICAL_SIDE = 224;

    /** Stride 16. */
    private static final int CANONICAL_LEVEL = 4;

    private static final double EPSILON = 1e-6;

    /**
     * The features of all images' boxes.
     *
     * @param maps {@code [batch, channels, height, width]} of each level
     * @param boxes of each image {@code [boxes, 4]}, x1, y1, x2, y2 in pixels
     * @return {@code [boxes of all images, channels, size, size]}, image by image
     */
    public Tensor of(List<Tensor> maps, List<float[]> boxes) {
        List<Tensor> parts = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        int start = 0;
        for (int image = 0; image < boxes.size(); image++) {
            float[] own = boxes.get(image);
            for (int level = 0; level < strides.size(); level++) {
                int[] there = at(own, level);
                if (there.length > 0) {
                    Tensor map = maps.get(level).narrow(0, image, 1);
                    parts.add(align.of(map, pick(own, there), 1.0 / strides.get(level)));
                    for (int box : there) {
                        taken.add(start + box);
                    }
                }
            }
            start += own.length / 4;
        }
        return parts.isEmpty()
                ? Tensor.zeros(0, maps.get(0).size(1), align.size(), align.size())
                : inOrder(taken).of(Tensor.concatenate(parts, 0));
    }

    /** The boxes that are read at a level. */
    private int[] at(float[] boxes, int level) {
        return IntStream.range(0, boxes.length / 4)
                .filter(box -> level(boxes, box) == level)
                .toArray();
    }

    /** The level that a box is read at. */
    int level(float[] boxes, int box) {
        double width = boxes[4 * box + 2] - boxes[4 * box];
        double height = boxes[4 * box + 3] - boxes[4 * box + 1];
        double side = Math.sqrt(Math.max(0, width * height));
        double level = Math.floor(CANONICAL_LEVEL + Math.log(side / CANONICAL_SIDE) / Math.log(2) + EPSILON);
        double finest = Integer.numberOfTrailingZeros(strides.get(0));
        return (int) (Math.max(finest, Math.min(finest + strides.size() - 1, level)) - finest);
    }

    private static float[] pick(float[] boxes, int[] which) {
        float[] picked = new float[4 * which.length];
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(boxes, 4 * which[i], picked, 4 * i, 4);
        }
        return picked;
    }

    /** Where each box stands among those taken. */
    private static Selection inOrder(List<Integer> taken) {
        long[] rows = new long[taken.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[taken.get(i)] = i;
        }
        return Selection.of(rows);
    }
}
