package dev.parfocal.detection.metric;

import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import dev.parfocal.detection.truth.GroupedRows;
import java.util.Arrays;

/**
 * Matches the detections of one class in one image with its objects, best score first, each with the free object it
 * overlaps most, as COCO does. Objects to ignore (crowds, and those outside the stratum) come last, and only a crowd
 * takes several detections.
 */
final class ImageMatcher {

    /** At a threshold of 1 a perfect overlap still matches. */
    private static final double HIGHEST_THRESHOLD = 1 - 1e-10;

    private final BoxTable objects;
    private final boolean corrected;
    private final boolean ignores;
    private int[] rows = new int[0];
    private int[] order = new int[0];
    private boolean[] ignored = new boolean[0];
    private boolean[] taken = new boolean[0];
    private double[] iou = new double[0];
    private int count;

    ImageMatcher(Boxes boxes, Mode mode) {
        objects = boxes.truth().objects();
        corrected = mode == Mode.CORRECTED;
        ignores = corrected || boxes.incomplete().isPresent();
    }

    /** Takes the objects at positions {@code from} to {@code to} of a grouping. */
    void load(GroupedRows grouped, int from, int to) {
        count = to - from;
        if (count > rows.length) {
            rows = new int[2 * count];
            order = new int[2 * count];
            ignored = new boolean[2 * count];
            taken = new boolean[2 * count];
        }
        for (int i = 0; i < count; i++) {
            rows[i] = grouped.row(from + i);
        }
    }

    /** Measures the overlaps of some detections, best first, with the loaded objects. */
    void measure(BoxTable detections, int[] detectionRows, int detectionCount) {
        if (iou.length < detectionCount * count) {
            iou = new double[2 * detectionCount * count];
        }
        for (int d = 0; d < detectionCount; d++) {
            for (int g = 0; g < count; g++) {
                iou[d * count + g] = detections.iou(detectionRows[d], objects, rows[g]);
            }
        }
    }

    /** Chooses a stratum; answers how many objects count in it. */
    int select(Stratum stratum) {
        int counted = 0;
        for (int g = 0; g < count; g++) {
            ignored[g] = isMarked(rows[g]) || !stratum.objects().test(rows[g]);
            if (!ignored[g]) {
                order[counted++] = g;
            }
        }
        int last = counted;
        for (int g = 0; g < count; g++) {
            if (ignored[g]) {
                order[last++] = g;
            }
        }
        return counted;
    }

    /**
     * Matches the measured detections at one threshold.
     *
     * @param iou the least overlap of a match
     * @param bit of the threshold
     * @param matched receives the threshold's bit at {@code offset + d} where detection d found an object
     * @param excluded receives the threshold's bit where that object is one to ignore
     */
    void match(double iou, int bit, int detectionCount, int[] matched, int[] excluded, int offset) {
        match(Math.min(iou, HIGHEST_THRESHOLD), detectionCount, (d, g) -> {
            if (corrected || !objects.marks(rows[g]).zeroId()) {
                matched[offset + d] |= bit;
            }
            if (ignored[g]) {
                excluded[offset + d] |= bit;
            }
        });
    }

    /** Matches the measured detections at any threshold, and tells of each pair. */
    void match(double least, int detectionCount, Found found) {
        Arrays.fill(taken, 0, count, false);
        for (int d = 0; d < detectionCount; d++) {
            int g = best(d, least);
            if (g >= 0) {
                taken[g] = true;
                found.accept(d, g);
            }
        }
    }

    /** A detection and the loaded object that it found. */
    @FunctionalInterface
    interface Found {
        void accept(int detection, int object);
    }

    /** The overlap of a measured detection with a loaded object. */
    double iou(int detection, int object) {
        return iou[detection * count + object];
    }

    private boolean isMarked(int row) {
        return objects.crowd(row) || (ignores && objects.marks(row).ignore());
    }

    /** Whether a loaded object does not count in the stratum chosen. */
    boolean isIgnored(int object) {
        return ignored[object];
    }

    private int best(int detection, double least) {
        double highest = least;
        int best = -1;
        for (int i = 0; i < count; i++) {
            int g = order[i];
            if (taken[g] && !objects.crowd(rows[g])) {
                continue;
            }
            if (best >= 0 && !ignored[best] && ignored[g]) {
                break;
            }
            if (iou[detection * count + g] >= highest) {
                highest = iou[detection * count + g];
                best = g;
            }
        }
        return best;
    }
}
