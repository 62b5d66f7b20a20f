package dev.parfocal.detection.metric;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.truth.Boxes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * COCO's average precision of any choice of images, each as often as its weight says, from one matching: what a bootstrap
 * over images needs. With all weights 1 it is {@link CocoEvaluator}'s; with a weight of 2 the image is as if there twice.
 */
public final class WeightedPrecision {

    private static final int AT_75 = 5;

    private final CocoGrid grid;
    private final List<ClassOutcomes> classes;

    private WeightedPrecision(CocoGrid grid, List<ClassOutcomes> classes) {
        this.grid = grid;
        this.classes = classes;
    }

    /**
     * Matches detections once and for all.
     *
     * @param detections labels are indices into the data set's categories
     * @throws dev.parfocal.core.ParfocalException when a score or coordinate is not a number, or an image or label is unknown
     */
    public static WeightedPrecision of(Dataset truth, List<Detection> detections) {
        Boxes boxes = Boxes.of(truth, detections);
        CocoGrid grid = CocoGrid.of(EvaluationOptions.COCO, List.of(CocoGrid.all(Mode.STRICT, boxes)));
        return new WeightedPrecision(
                grid,
                IntStream.range(0, boxes.classes())
                        .mapToObj(
                                label -> ClassEvaluation.of(grid, boxes, label).outcomes())
                        .toList());
    }

    /**
     * Average precision; NaN when no object counts.
     *
     * @param ap mean over IoU 0.50 to 0.95
     * @param ap50 at IoU 0.50
     * @param ap75 at IoU 0.75
     */
    public record Precision(double ap, double ap50, double ap75) {}

    /**
     * The mean over the classes of which an object counts.
     *
     * @param weights of the images by ascending id, at least 0
     */
    public Precision of(int[] weights) {
        double[] sums = new double[grid.ious().length];
        int counted = 0;
        for (ClassOutcomes outcomes : classes) {
            double[] own = outcomes.precision(weights, grid);
            if (!Double.isNaN(own[0])) {
                counted++;
                for (int t = 0; t < sums.length; t++) {
                    sums[t] += own[t];
                }
            }
        }
        double all = Arrays.stream(sums).sum() / sums.length;
        return new Precision(all / counted, sums[0] / counted, sums[AT_75] / counted);
    }
}
