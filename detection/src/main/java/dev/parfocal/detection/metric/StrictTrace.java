package dev.parfocal.detection.metric;

import java.util.Arrays;

/**
 * Recall and precision of one class at all thresholds in one pass over its detections, as pycocotools has them. Between two
 * hits recall stands still and precision falls, so that the points of the hits alone decide, to the last bit; but for recall 0,
 * which the first detection reaches whatever it is.
 */
final class StrictTrace {

    private final CocoGrid grid;
    private final double[] score;
    private final int[] place;
    private final int[] order;
    private final int all;
    private final int[] hits;
    private final int[] misses;
    private final int[][] found;

    /**
     * Of one class.
     *
     * @param place of each detection in its image, from 0
     * @param order the detections, best first
     */
    StrictTrace(CocoGrid grid, double[] score, int[] place, int[] order) {
        this.grid = grid;
        this.score = score;
        this.place = place;
        this.order = order;
        int thresholds = grid.ious().length;
        all = (1 << thresholds) - 1;
        hits = new int[thresholds];
        misses = new int[thresholds];
        found = new int[grid.limits().length][thresholds];
    }

    /**
     * Writes what a stratum is worth.
     *
     * @param matched a bit for each threshold at which a detection found an object
     * @param excluded a bit for each threshold at which it does not count
     * @param objects how many there are to find, at least 1
     */
    void write(CocoTables tables, int stratum, int label, int[] matched, int[] excluded, int objects) {
        double[][] precision = new double[hits.length][objects];
        int[][] at = new int[hits.length][objects];
        follow(matched, excluded, precision, at);
        for (int t = 0; t < hits.length; t++) {
            for (int limit = 0; limit < found.length; limit++) {
                tables.setRecall(stratum, limit, t, label, (double) found[limit][t] / objects);
            }
            double[] own = precision[t];
            for (int i = hits[t] - 1; i > 0; i--) {
                own[i - 1] = Math.max(own[i - 1], own[i]);
            }
            int next = 0;
            for (int level = 0; level < CocoGrid.RECALLS; level++) {
                while (next < hits[t] && (double) (next + 1) / objects < grid.recall(level)) {
                    next++;
                }
                boolean reached = next < hits[t];
                int where = level == 0 ? 0 : reached ? at[t][next] : order.length;
                double scoreThere = where < order.length ? score[order[where]] : 0;
                tables.setPrecision(stratum, t, level, label, reached ? own[next] : 0, scoreThere);
            }
        }
    }

    /** Notes the precision at each hit, and how many there are within each limit. */
    private void follow(int[] matched, int[] excluded, double[][] precision, int[][] at) {
        Arrays.fill(hits, 0);
        Arrays.fill(misses, 0);
        for (int[] each : found) {
            Arrays.fill(each, 0);
        }
        int missedByAll = 0;
        for (int i = 0; i < order.length; i++) {
            int d = order[i];
            int hit = matched[d] & ~excluded[d] & all;
            int miss = ~(matched[d] | excluded[d]) & all;
            if (miss == all) {
                missedByAll++;
                continue;
            }
            for (int t = 0; (hit | miss) >>> t != 0; t++) {
                if ((miss >>> t & 1) != 0) {
                    misses[t]++;
                } else if ((hit >>> t & 1) != 0) {
                    hit(d, t);
                    double hitsHere = hits[t];
                    double missesHere = missedByAll + misses[t];
                    precision[t][hits[t] - 1] = hitsHere / (missesHere + hitsHere + Trace.SPACING);
                    at[t][hits[t] - 1] = i;
                }
            }
        }
    }

    private void hit(int detection, int threshold) {
        hits[threshold]++;
        for (int limit = 0; limit < found.length; limit++) {
            found[limit][threshold] += place[detection] < grid.limits()[limit] ? 1 : 0;
        }
    }
}
