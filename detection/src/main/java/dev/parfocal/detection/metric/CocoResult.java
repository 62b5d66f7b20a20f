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

/** The outcome of a COCO box evaluation. */
public final class CocoResult {

    private final CocoTables tables;
    private final CocoGrid grid;
    private final List<Figure> figures;
    private final List<Category> categories;
    private final int[] objects;
    private final List<String> notes;

    CocoResult(
            CocoTables tables,
            CocoGrid grid,
            List<Figure> figures,
            List<Category> categories,
            int[] objects,
            List<String> notes) {
        this.tables = tables;
        this.grid = grid;
        this.figures = List.copyOf(figures);
        this.categories = List.copyOf(categories);
        this.objects = objects;
        this.notes = List.copyOf(notes);
    }

    /** The numbers that sum it up, in pycocotools' order. */
    public List<Figure> figures() {
        return figures;
    }

    /** One of COCO's twelve numbers, in [0, 1]; empty when no object can be counted for it, or it was not asked for. */
    public OptionalDouble get(CocoMetric metric) {
        return figures.stream()
                .filter(figure -> figure.key().equals(metric.key()))
                .findFirst()
                .map(Figure::value)
                .orElse(OptionalDouble.empty());
    }

    /**
     * The numbers by their keys (AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl) as pycocotools reports
     * them: one that does not exist is -1.
     */
    public Map<String, Double> asPycocotools() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        figures.forEach(figure -> numbers.put(figure.key(), figure.value().orElse(-1)));
        return numbers;
    }

    /** Every class of the truth, by ascending category id. */
    public List<ClassResult> classes() {
        List<ClassResult> results = new ArrayList<>();
        for (int label = 0; label < categories.size(); label++) {
            results.add(new ClassResult(
                    categories.get(label),
                    objects[label],
                    present(tables.classPrecision(label, 0, grid.ious().length - 1)),
                    classPrecision(label, 0.5),
                    classPrecision(label, 0.75)));
        }
        return results;
    }

    private OptionalDouble classPrecision(int label, double iou) {
        int threshold = grid.threshold(iou);
        return threshold < 0 ? OptionalDouble.empty() : present(tables.classPrecision(label, threshold, threshold));
    }

    /**
     * The precision–recall curve of a class over all areas with as many detections per image as count; empty when the truth has
     * no object of the class to find.
     *
     * @param iou one of those measured at; by default 0.50, 0.55 … 0.95
     */
    public Optional<PrecisionRecall> curve(Category category, double iou) {
        int label = categories.indexOf(category);
        if (label < 0) {
            throw new ParfocalException("the truth has no category " + category.id() + " named " + category.name());
        }
        int threshold = grid.threshold(iou);
        if (threshold < 0) {
            throw new ParfocalException("measured is at IoU " + Arrays.toString(grid.ious()) + ", not at " + iou);
        }
        return objects[label] == 0 ? Optional.empty() : Optional.of(curve(label, threshold));
    }

    private PrecisionRecall curve(int label, int threshold) {
        double[] recall = new double[CocoGrid.RECALLS];
        double[] precision = new double[CocoGrid.RECALLS];
        double[] score = new double[CocoGrid.RECALLS];
        for (int level = 0; level < CocoGrid.RECALLS; level++) {
            recall[level] = grid.recall(level);
            precision[level] = tables.precision(0, threshold, level, label);
            score[level] = tables.score(threshold, level, label);
        }
        double highest = tables.recall(0, grid.limits().length - 1, threshold, label);
        return new PrecisionRecall(recall, precision, score, highest);
    }

    /**
     * The precision at each of the 101 recall levels 0.00, 0.01 … 1.00: the mean over those of some classes that have objects
     * to find, and over some thresholds. The mean of these numbers over the levels is the average precision.
     *
     * @param ious each one of those measured at; by default {@link #ious()}
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
        return EvaluationOptions.COCO.ious();
    }

    /** What was left out of the evaluation or looks wrong in its input, a sentence each. */
    public List<String> notes() {
        return notes;
    }

    static OptionalDouble present(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
