package dev.parfocal.detection.truth;

import java.util.Arrays;

/**
 * The rows of a table by category, within a category by image, within an image as given. Rows of an image or category that
 * is not among the known ones are left out.
 */
public final class GroupedRows {

    private final int[] row;
    private final int[] image;
    private final int[] categoryStart;

    private GroupedRows(int[] row, int[] image, int[] categoryStart) {
        this.row = row;
        this.image = image;
        this.categoryStart = categoryStart;
    }

    /** Groups rows; both arrays of known ids ascend. */
    public static GroupedRows of(BoxTable table, long[] images, long[] categories) {
        IdIndex ofImage = IdIndex.of(images);
        IdIndex ofCategory = IdIndex.of(categories);
        int[] imageOf = new int[table.size()];
        int[] categoryOf = new int[table.size()];
        int[] known = new int[table.size()];
        int count = 0;
        for (int row = 0; row < table.size(); row++) {
            imageOf[row] = ofImage.of(table.image(row));
            categoryOf[row] = ofCategory.of(table.category(row));
            if (imageOf[row] >= 0 && categoryOf[row] >= 0) {
                known[count++] = row;
            }
        }
        int[] byImage = sorted(Arrays.copyOf(known, count), imageOf, starts(known, count, imageOf, images.length));
        int[] start = starts(known, count, categoryOf, categories.length);
        return new GroupedRows(sorted(byImage, categoryOf, start), imageOf, start);
    }

    private static int[] starts(int[] rows, int count, int[] key, int keys) {
        int[] start = new int[keys + 1];
        for (int i = 0; i < count; i++) {
            start[key[rows[i]] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            start[k + 1] += start[k];
        }
        return start;
    }

    /** One pass of a stable counting sort. */
    private static int[] sorted(int[] rows, int[] key, int[] start) {
        int[] next = start.clone();
        int[] result = new int[rows.length];
        for (int row : rows) {
            result[next[key[row]]++] = row;
        }
        return result;
    }

    public int start(int category) {
        return categoryStart[category];
    }

    public int end(int category) {
        return categoryStart[category + 1];
    }

    public int row(int position) {
        return row[position];
    }

    /** The index of the image at a position of this grouping. */
    public int image(int position) {
        return image[row[position]];
    }

    /** Where the run of the image at {@code position} ends, at most {@code end}. */
    public int endOfImage(int position, int end) {
        int next = position;
        while (next < end && image(next) == image(position)) {
            next++;
        }
        return next;
    }

    /** How many rows are in no group. */
    public int leftOut(BoxTable table) {
        return table.size() - row.length;
    }
}
