package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The outcome of a COCO box evaluation. */
public final class CocoResult {

    private final CocoTables tables;
    private final List<Category> categories;
    private final int[] objects;
    private final List<String> notes;

    CocoResult(CocoTables tables, List<Category> categories, int[] objects, List<String> notes) {
        this.tables = tables;
        this.categories = List.copyOf(categories);
        this.objects = objects;
        this.notes = List.copyOf(notes);
    }

    /** One of the twelve numbers, in [0, 1]; empty when no object can be counted for it. */
    public OptionalDouble get(CocoMetric metric) {
        return present(metric.of(tables));
    }

    /**
     * The twelve numbers by their keys (AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl) as pycocotools
     * reports them: a number that does not exist is -1.
     */
    public Map<String, Double> asPycocotools() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (CocoMetric metric : CocoMetric.values()) {
            numbers.put(metric.key(), get(metric).orElse(-1));
        }
        return numbers;
    }

    /** Every class of the truth, by ascending category id. */
    public List<ClassResult> classes() {
        List<ClassResult> results = new ArrayList<>();
        for (int label = 0; label < categories.size(); label++) {
            results.add(new ClassResult(
                    categories.get(label),
                    objects[label],
                    present(tables.classPrecision(label, 0, CocoGrid.IOUS - 1)),
                    present(tables.classPrecision(label, 0, 0)),
                    present(tables.classPrecision(label, 5, 5))));
        }
        return results;
    }

    /**
     * The precision–recall curve of a class over all areas with up to 100 detections per image; empty when the truth has
     * no object of the class to find.
     *
     * @param iou one of 0.50, 0.55 … 0.95
     */
    public Optional<PrecisionRecall> curve(Category category, double iou) {
        int label = categories.indexOf(category);
        if (label < 0) {
            throw new ParfocalException("the truth has no category " + category.id() + " named " + category.name());
        }
        int threshold = (int) Math.round((iou - 0.5) * 20);
        if (threshold < 0 || threshold >= CocoGrid.IOUS || Math.abs(CocoGrid.iou(threshold) - iou) > 1e-9) {
            throw new ParfocalException("COCO measures at IoU 0.50, 0.55 … 0.95, not at " + iou);
        }
        return objects[label] == 0 ? Optional.empty() : Optional.of(curve(label, threshold));
    }

    private PrecisionRecall curve(int label, int threshold) {
        double[] recall = new double[CocoGrid.RECALLS];
        double[] precision = new double[CocoGrid.RECALLS];
        double[] score = new double[CocoGrid.RECALLS];
        for (int level = 0; level < CocoGrid.RECALLS; level++) {
            recall[level] = CocoGrid.recall(level);
            precision[level] = tables.precision(AreaRange.ALL, threshold, level, label);
            score[level] = tables.score(threshold, level, label);
        }
        double highest = tables.recall(AreaRange.ALL, CocoGrid.LIMITS - 1, threshold, label);
        return new PrecisionRecall(recall, precision, score, highest);
    }

    /**
     * The precision at each of the 101 recall levels 0.00, 0.01 … 1.00: the mean over those of some classes that have objects
     * to find, and over some thresholds. The mean of these numbers over the levels is the average precision.
     *
     * @param ious each one of {@link #ious()}
     * @return empty if none of the classes has objects
     */
    public Optional<double[]> precision(List<Category> classes, List<Double> ious) {
        double[] sum = new double[CocoGrid.RECALLS];
        int curves = 0;
        for (Category category : classes) {
            for (double iou : ious) {
                Optional<PrecisionRecall> curve = curve(category, iou);
                for (int level = 0; level < sum.length && curve.isPresent(); level++) {
                    sum[level] += curve.get().precision()[level];
                }
                curves += curve.isPresent() ? 1 : 0;
            }
        }
        int count = curves;
        return count == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(sum).map(total -> total / count).toArray());
    }

    /** The thresholds that COCO measures at: 0.50, 0.55 … 0.95. */
    public static List<Double> ious() {
        return IntStream.range(0, CocoGrid.IOUS).mapToObj(CocoGrid::iou).toList();
    }

    /** What was left out of the evaluation or looks wrong in its input, a sentence each. */
    public List<String> notes() {
        return notes;
    }

    private static OptionalDouble present(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
