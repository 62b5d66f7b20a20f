package dev.parfocal.detection.metric;

import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * At what detections are measured, for one evaluation.
 *
 * @param ious the thresholds of overlap
 * @param limits the most detections per image and class that count, ascending
 * @param strata the parts of the objects; the first has all
 */
record CocoGrid(Mode mode, double[] ious, int[] limits, List<Stratum> strata) {

    private static final double[] RECALL =
            linspace(0, 1, 101).stream().mapToDouble(Double::doubleValue).toArray();

    private static final double[] EXACT_RECALL =
            IntStream.range(0, RECALL.length).mapToDouble(i -> i / 100.0).toArray();

    /** How many recall levels there are: 0.00, 0.01 … 1.00. */
    static final int RECALLS = RECALL.length;

    /** Of what the options ask for, with the areas as strata. */
    static CocoGrid of(EvaluationOptions options, Boxes boxes) {
        List<AreaRange> ranges = new ArrayList<>(List.of(AreaRange.ALL));
        ranges.addAll(options.areas());
        return of(
                options,
                ranges.stream()
                        .map(range -> stratum(range, options.mode(), boxes))
                        .toList());
    }

    /** Of what the options ask for, with strata of one's own. */
    static CocoGrid of(EvaluationOptions options, List<Stratum> strata) {
        boolean exact = options.mode() == Mode.CORRECTED;
        double[] ious = options.ious().stream()
                .mapToDouble(iou -> exact ? Math.rint(iou * 1e9) / 1e9 : iou)
                .toArray();
        int[] limits = options.limits().stream().mapToInt(Integer::intValue).toArray();
        return new CocoGrid(options.mode(), ious, limits, strata);
    }

    /** All objects, whatever their size, as COCO has it. */
    static Stratum all(Mode mode, Boxes boxes) {
        return stratum(AreaRange.ALL, mode, boxes);
    }

    private static Stratum stratum(AreaRange range, Mode mode, Boxes boxes) {
        BoxTable objects = boxes.truth().objects();
        BoxTable detections = boxes.detections();
        if (mode == Mode.STRICT) {
            return new Stratum(
                    range.name(),
                    row -> range.contains(objects.value(row)),
                    row -> !boxes.isIncomplete(row) && range.contains(detections.boxArea(row)));
        }
        if (range.equals(AreaRange.ALL)) {
            return new Stratum(range.name(), row -> true, row -> !boxes.isIncomplete(row));
        }
        return new Stratum(
                range.name(),
                row -> objects.value(row) >= range.least() && objects.value(row) < range.most(),
                row -> !boxes.isIncomplete(row)
                        && detections.boxArea(row) >= range.least()
                        && detections.boxArea(row) < range.most());
    }

    boolean corrected() {
        return mode == Mode.CORRECTED;
    }

    double recall(int level) {
        return corrected() ? EXACT_RECALL[level] : RECALL[level];
    }

    /** The most detections per image and class that count for anything. */
    int limit() {
        return limits[limits.length - 1];
    }

    /** The place of a threshold; -1 if it is not among them. */
    int threshold(double iou) {
        return IntStream.range(0, ious.length)
                .filter(i -> Math.abs(ious[i] - iou) < 1e-9)
                .findFirst()
                .orElse(-1);
    }

    /** numpy's {@code linspace}, to the last bit. */
    static List<Double> linspace(double first, double last, int count) {
        double step = (last - first) / (count - 1);
        Double[] values = new Double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * step + first;
        }
        values[count - 1] = last;
        return Arrays.asList(values);
    }
}
