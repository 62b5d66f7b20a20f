package dev.parfocal.detection.prior;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Anchors: boxes of some sizes and aspect ratios around every cell's first corner, as torchvision's {@code AnchorGenerator}
 * places them. All anchors of a cell stand together, ratio by ratio and in each size by size; cells row by row; levels one after
 * the other.
 *
 * <p>An anchor of size s and ratio r is {@code s / sqrt(r)} wide and {@code s * sqrt(r)} high, its sides rounded to whole pixels
 * from the cell's corner, halves to even. Cells are as many pixels apart as go into the image whole: {@code width / columns}
 * rounded down.
 *
 * @param sizes {@code [levels][sizes]} in pixels, positive; finest level first
 * @param ratios height by width, positive
 */
public record AnchorGrid(List<List<Double>> sizes, List<Double> ratios) {

    private static final List<Double> RATIOS = List.of(0.5, 1.0, 2.0);

    /** Copies the lists. */
    public AnchorGrid {
        sizes = sizes.stream().map(List::copyOf).toList();
        ratios = List.copyOf(ratios);
        boolean positive = ratios.stream().allMatch(r -> r > 0)
                && sizes.stream().allMatch(own -> own.stream().allMatch(s -> s > 0));
        if (ratios.isEmpty() || sizes.isEmpty() || sizes.stream().anyMatch(List::isEmpty) || !positive) {
            throw new ParfocalException(
                    "anchors need a ratio or more and a size or more on every level, all positive, not" + " sizes "
                            + sizes + " and ratios " + ratios);
        }
    }

    /** RetinaNet's: five levels, three sizes a third of an octave apart from 32 pixels on, three ratios. */
    public static AnchorGrid retinanet() {
        return retinanet(4, 8, 16, 32, 64, 128);
    }

    /**
     * The same with other sizes.
     *
     * @param strides of the levels
     * @param side of a level's smallest size, in its strides
     */
    public static AnchorGrid retinanet(double side, int... strides) {
        return new AnchorGrid(
                IntStream.of(strides)
                        .mapToDouble(stride -> side * stride)
                        .mapToObj(
                                size -> List.of(size, Math.floor(size * Math.cbrt(2)), Math.floor(size * Math.cbrt(4))))
                        .toList(),
                RATIOS);
    }

    /** Of a region proposal network over a pyramid: five levels, one size each from 32 pixels on, three ratios. */
    public static AnchorGrid rpn() {
        return new AnchorGrid(squares(32, 64, 128, 256, 512), RATIOS);
    }

    /** Of torchvision's FCOS: one square of a stride in every place. */
    public static AnchorGrid fcos() {
        return new AnchorGrid(squares(8, 16, 32, 64, 128), List.of(1.0));
    }

    private static List<List<Double>> squares(int... sizes) {
        return IntStream.of(sizes).mapToObj(size -> List.of((double) size)).toList();
    }

    /** How many anchors every cell of a level has. */
    public int perCell(int level) {
        return sizes.get(level).size() * ratios.size();
    }

    /** The anchors of maps of {@code ceil(width / stride) x ceil(height / stride)} cells, as padded convolutions give. */
    public Priors priors(int width, int height, int... strides) {
        int[] columns = IntStream.of(strides).map(s -> (width + s - 1) / s).toArray();
        int[] rows = IntStream.of(strides).map(s -> (height + s - 1) / s).toArray();
        return ofMaps(width, height, columns, rows);
    }

    /**
     * The anchors of feature maps of {@code columns[level] x rows[level]} cells over an image.
     *
     * @param width of the detector's input in pixels
     * @param height of the detector's input in pixels
     */
    public Priors ofMaps(int width, int height, int[] columns, int[] rows) {
        if (columns.length != sizes.size() || rows.length != sizes.size()) {
            throw new ParfocalException("anchors have sizes for " + sizes.size() + " levels, but there are maps of "
                    + columns.length + " and " + rows.length);
        }
        int[] start = new int[sizes.size() + 1];
        for (int level = 0; level < sizes.size(); level++) {
            start[level + 1] = start[level] + columns[level] * rows[level] * perCell(level);
        }
        Priors anchors = new Priors(new float[4 * start[sizes.size()]], new float[start[sizes.size()]], start);
        for (int level = 0; level < sizes.size(); level++) {
            int across = width / columns[level];
            Arrays.fill(anchors.stride(), start[level], start[level + 1], across);
            place(base(level), columns[level], across, height / rows[level], anchors, start[level], start[level + 1]);
        }
        return anchors;
    }

    private static void place(float[] base, int columns, int across, int down, Priors anchors, int from, int to) {
        int perCell = base.length / 4;
        for (int at = from; at < to; at++) {
            int cell = (at - from) / perCell;
            int own = 4 * ((at - from) % perCell);
            int x = cell % columns * across;
            int y = cell / columns * down;
            for (int side = 0; side < 4; side++) {
                anchors.box()[4 * at + side] = base[own + side] + (side % 2 == 0 ? x : y);
            }
        }
    }

    /** {@code [perCell, 4]} around the origin, in float32 throughout, since halves decide how they are rounded. */
    private float[] base(int level) {
        float[] base = new float[4 * perCell(level)];
        int at = 0;
        for (double ratio : ratios) {
            float high = (float) Math.sqrt((float) ratio);
            float wide = 1 / high;
            for (double size : sizes.get(level)) {
                float right = (float) Math.rint(wide * (float) size / 2);
                float bottom = (float) Math.rint(high * (float) size / 2);
                base[at++] = -right;
                base[at++] = -bottom;
                base[at++] = right;
                base[at++] = bottom;
            }
        }
        return base;
    }
}
