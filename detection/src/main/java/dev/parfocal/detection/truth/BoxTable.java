package dev.parfocal.detection.truth;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/** Boxes with what belongs to them, column by column, in the order in which they were given. */
public final class BoxTable {

    private final String what;
    private int size;
    private long[] image = new long[64];
    private long[] category = new long[64];
    private double[] xywh = new double[256];
    private double[] value = new double[64];
    private Marks[] marks = new Marks[64];

    /** @param what what a row is called in messages */
    BoxTable(String what) {
        this.what = what;
    }

    /**
     * Adds a row.
     *
     * @param rowValue the score of a detection, the area of an object
     * @param rowMarks what the truth says of the object; {@link Marks#NONE} of a detection
     */
    public void add(long imageId, long categoryId, double[] box, double rowValue, Marks rowMarks) {
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
        marks[size] = rowMarks;
        size++;
    }

    /**
     * Gives numbers that stand for texts their places in the order of the texts.
     *
     * @param images the new number by the old one, counted from {@link Long#MIN_VALUE}
     */
    public void renumber(long[] images, long[] categories) {
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
    public String where(long imageId) {
        return what + " " + (size + 1) + " (image " + imageId + "): ";
    }

    private void grow() {
        int length = 2 * size;
        image = Arrays.copyOf(image, length);
        category = Arrays.copyOf(category, length);
        xywh = Arrays.copyOf(xywh, 4 * length);
        value = Arrays.copyOf(value, length);
        marks = Arrays.copyOf(marks, length);
    }

    public int size() {
        return size;
    }

    public long image(int row) {
        return image[row];
    }

    public long category(int row) {
        return category[row];
    }

    public double value(int row) {
        return value[row];
    }

    public boolean crowd(int row) {
        return marks[row].crowd();
    }

    /** What the truth says of an object. */
    public Marks marks(int row) {
        return marks[row];
    }

    /** The left edge, the upper edge, the width (2) or the height (3), as given. */
    public double xywh(int row, int side) {
        return xywh[4 * row + side];
    }

    /** Width times height. */
    public double boxArea(int row) {
        return xywh[4 * row + 2] * xywh[4 * row + 3];
    }

    /** The overlap of a detection with an object, a row of another table: over the union, or over the detection alone when
     * the object is a crowd. The order of operations is pycocotools'. */
    public double iou(int row, BoxTable objects, int object) {
        return overlap(row, objects, object, objects.crowd(object));
    }

    /** Intersection over union with a row of another table, whether it is a crowd or not. */
    public double plainIou(int row, BoxTable other, int otherRow) {
        return overlap(row, other, otherRow, false);
    }

    private double overlap(int row, BoxTable objects, int object, boolean ofDetectionAlone) {
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
        return both / (ofDetectionAlone ? area : area + objects.boxArea(object) - both);
    }
}
