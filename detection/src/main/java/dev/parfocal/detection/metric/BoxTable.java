package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/** Boxes with what belongs to them, column by column, in the order in which they were given. */
final class BoxTable {

    private final String what;
    private int size;
    private long[] image = new long[64];
    private long[] category = new long[64];
    private double[] xywh = new double[256];
    private double[] value = new double[64];
    private boolean[] crowd = new boolean[64];
    private boolean[] numbered = new boolean[64];

    /** @param what what a row is called in messages */
    BoxTable(String what) {
        this.what = what;
    }

    /**
     * Adds a row.
     *
     * @param rowValue the score of a detection, the area of an object
     * @param isCrowd whether the object is a crowd
     * @param isNumbered whether the object's id is other than 0
     */
    void add(long imageId, long categoryId, double[] box, double rowValue, boolean isCrowd, boolean isNumbered) {
        for (double side : box) {
            if (!Double.isFinite(side)) {
                throw new ParfocalException(where(imageId) + "the box " + Arrays.toString(box) + " is not finite");
            }
        }
        if (Double.isNaN(rowValue)) {
            throw new ParfocalException(where(imageId) + "the score or area is not a number (NaN)");
        }
        if (size == image.length) {
            grow();
        }
        image[size] = imageId;
        category[size] = categoryId;
        System.arraycopy(box, 0, xywh, 4 * size, 4);
        value[size] = rowValue;
        crowd[size] = isCrowd;
        numbered[size] = isNumbered;
        size++;
    }

    /**
     * Gives numbers that stand for texts their places in the order of the texts.
     *
     * @param images the new number by the old one, counted from {@link Long#MIN_VALUE}
     */
    void renumber(long[] images, long[] categories) {
        for (int row = 0; row < size; row++) {
            image[row] = renumbered(image[row], images);
            category[row] = renumbered(category[row], categories);
        }
    }

    private static long renumbered(long number, long[] texts) {
        long place = number - Long.MIN_VALUE;
        return place >= 0 && place < texts.length ? texts[(int) place] : number;
    }

    /** Names the row that is added next. */
    String where(long imageId) {
        return what + " " + (size + 1) + " (image " + imageId + "): ";
    }

    private void grow() {
        int length = 2 * size;
        image = Arrays.copyOf(image, length);
        category = Arrays.copyOf(category, length);
        xywh = Arrays.copyOf(xywh, 4 * length);
        value = Arrays.copyOf(value, length);
        crowd = Arrays.copyOf(crowd, length);
        numbered = Arrays.copyOf(numbered, length);
    }

    int size() {
        return size;
    }

    long image(int row) {
        return image[row];
    }

    long category(int row) {
        return category[row];
    }

    double value(int row) {
        return value[row];
    }

    boolean crowd(int row) {
        return crowd[row];
    }

    /** pycocotools takes the id of a matched object for a truth value, so a match with object 0 counts as none. */
    boolean numbered(int row) {
        return numbered[row];
    }

    /** Width times height. */
    double boxArea(int row) {
        return xywh[4 * row + 2] * xywh[4 * row + 3];
    }

    /** The overlap of a detection with an object, a row of another table: over the union, or over the detection alone when
     * the object is a crowd. The order of operations is pycocotools'. */
    double iou(int row, BoxTable objects, int object) {
        int d = 4 * row;
        int g = 4 * object;
        double[] o = objects.xywh;
        double width = Math.min(xywh[d + 2] + xywh[d], o[g + 2] + o[g]) - Math.max(xywh[d], o[g]);
        if (width <= 0) {
            return 0;
        }
        double height = Math.min(xywh[d + 3] + xywh[d + 1], o[g + 3] + o[g + 1]) - Math.max(xywh[d + 1], o[g + 1]);
        if (height <= 0) {
            return 0;
        }
        double both = width * height;
        double area = boxArea(row);
        return both / (objects.crowd[object] ? area : area + objects.boxArea(object) - both);
    }
}
