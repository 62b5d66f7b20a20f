package dev.parfocal.detection.metric;

/** Recall and precision of one class after each of its detections, best first, where detections of one score count together. */
final class Trace {

    /** numpy's {@code spacing(1)}: pycocotools adds it to the denominator of every precision. */
    static final double SPACING = Math.ulp(1.0);

    private final CocoGrid grid;
    private final double[] score;
    private final int[] order;
    private final double[] recall;
    private final double[] precision;

    /** @param order the detections, best first */
    Trace(CocoGrid grid, double[] score, int[] order) {
        this.grid = grid;
        this.score = score;
        this.order = order;
        recall = new double[order.length];
        precision = new double[order.length];
    }

    /**
     * Follows the detections at one threshold; precision is made to descend from the right.
     *
     * @param bit of the threshold in the other two
     * @param objects how many there are to find
     */
    void follow(int[] matched, int[] excluded, int bit, int objects) {
        double hits = 0;
        double misses = 0;
        for (int i = 0; i < order.length; i++) {
            boolean counts = (excluded[order[i]] & bit) == 0;
            boolean isHit = (matched[order[i]] & bit) != 0;
            hits += counts && isHit ? 1 : 0;
            misses += counts && !isHit ? 1 : 0;
            recall[i] = hits / objects;
            precision[i] = hits / (misses + hits + SPACING);
        }
        joinTies();
        for (int i = order.length - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
    }

    /** No threshold of the score parts equal ones: all of them stand where the last of them does. */
    private void joinTies() {
        for (int i = order.length - 1; i > 0; i--) {
            if (score[order[i - 1]] == score[order[i]]) {
                recall[i - 1] = recall[i];
                precision[i - 1] = precision[i];
            }
        }
    }

    /** Writes the precision and the score at each level of recall. */
    void sample(CocoTables tables, int stratum, int threshold, int label) {
        int at = 0;
        for (int level = 0; level < CocoGrid.RECALLS; level++) {
            while (at < order.length && recall[at] < grid.recall(level)) {
                at++;
            }
            boolean reached = at < order.length;
            tables.setPrecision(
                    stratum, threshold, level, label, reached ? precision[at] : 0, reached ? score[order[at]] : 0);
        }
    }
}
