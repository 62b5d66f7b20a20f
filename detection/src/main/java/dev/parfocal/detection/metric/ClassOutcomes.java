package dev.parfocal.detection.metric;

import java.util.Arrays;

/**
 * What became of the detections of one class, best first.
 *
 * @param image the number of each detection's image
 * @param hit a bit for each threshold at which the detection found an object
 * @param miss a bit for each threshold at which it is a false positive
 * @param objects how many objects each image has
 */
record ClassOutcomes(int[] image, int[] hit, int[] miss, int[] objects) {

    /**
     * The average precision at each threshold when images count as often as their weights say.
     *
     * @return {@code [thresholds]}; NaN where no object counts
     */
    double[] precision(int[] weights, CocoGrid grid) {
        double[] result = new double[grid.ious().length];
        long total = 0;
        for (int i = 0; i < objects.length; i++) {
            total += (long) weights[i] * objects[i];
        }
        if (total == 0) {
            Arrays.fill(result, Double.NaN);
            return result;
        }
        double[] recall = new double[image.length];
        double[] precision = new double[image.length];
        for (int t = 0; t < result.length; t++) {
            trace(1 << t, weights, total, recall, precision);
            result[t] = sample(recall, precision, grid);
        }
        return result;
    }

    private void trace(int bit, int[] weights, long total, double[] recall, double[] precision) {
        double hits = 0;
        double misses = 0;
        for (int i = 0; i < image.length; i++) {
            int weight = weights[image[i]];
            hits += (hit[i] & bit) != 0 ? weight : 0;
            misses += (miss[i] & bit) != 0 ? weight : 0;
            recall[i] = hits / total;
            precision[i] = hits / (misses + hits + Trace.SPACING);
        }
        for (int i = image.length - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
    }

    private static double sample(double[] recall, double[] precision, CocoGrid grid) {
        double sum = 0;
        int at = 0;
        for (int level = 0; level < CocoGrid.RECALLS; level++) {
            while (at < recall.length && recall[at] < grid.recall(level)) {
                at++;
            }
            sum += at < recall.length ? precision[at] : 0;
        }
        return sum / CocoGrid.RECALLS;
    }
}
