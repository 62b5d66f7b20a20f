package dev.parfocal.detection.metric;

import java.util.Arrays;

/**
 * Precision at every recall level and the highest recall, per stratum, threshold and class. NaN stands where a class
 * has no object to find.
 */
final class CocoTables {

    private final int classes;
    private final int ious;
    private final int limits;
    private final double[] precision;
    private final double[] score;
    private final double[] recall;

    CocoTables(CocoGrid grid, int classes) {
        this.classes = classes;
        ious = grid.ious().length;
        limits = grid.limits().length;
        int strata = grid.strata().size();
        int curves = strata * ious * classes;
        precision = filled(Math.multiplyExact(curves, CocoGrid.RECALLS));
        score = filled(ious * CocoGrid.RECALLS * classes);
        recall = filled(Math.multiplyExact(curves, limits));
    }

    private static double[] filled(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private int at(int stratum, int iou, int level, int label) {
        return ((stratum * ious + iou) * CocoGrid.RECALLS + level) * classes + label;
    }

    private int recallAt(int stratum, int limit, int iou, int label) {
        return ((stratum * limits + limit) * ious + iou) * classes + label;
    }

    void setPrecision(int stratum, int iou, int level, int label, double value, double scoreThere) {
        precision[at(stratum, iou, level, label)] = value;
        if (stratum == 0) {
            score[at(stratum, iou, level, label)] = scoreThere;
        }
    }

    void setRecall(int stratum, int limit, int iou, int label, double value) {
        recall[recallAt(stratum, limit, iou, label)] = value;
    }

    double precision(int stratum, int iou, int level, int label) {
        return precision[at(stratum, iou, level, label)];
    }

    double score(int iou, int level, int label) {
        return score[at(0, iou, level, label)];
    }

    double recall(int stratum, int limit, int iou, int label) {
        return recall[recallAt(stratum, limit, iou, label)];
    }

    /** The mean over the thresholds {@code first} to {@code last}, all recall levels and classes. */
    double meanPrecision(int stratum, int first, int last) {
        return PairwiseMean.ofNumbers(
                precision, at(stratum, first, 0, 0), (last - first + 1) * CocoGrid.RECALLS * classes);
    }

    /** The mean over all thresholds and recall levels of these classes. */
    double meanPrecisionOf(int[] labels) {
        double[] own = new double[ious * CocoGrid.RECALLS * labels.length];
        int next = 0;
        for (int iou = 0; iou < ious; iou++) {
            for (int level = 0; level < CocoGrid.RECALLS; level++) {
                for (int label : labels) {
                    own[next++] = precision(0, iou, level, label);
                }
            }
        }
        return PairwiseMean.ofNumbers(own, 0, next);
    }

    double meanRecall(int stratum, int limit, int first, int last) {
        return PairwiseMean.ofNumbers(recall, recallAt(stratum, limit, first, 0), (last - first + 1) * classes);
    }

    /** The mean of one class over the thresholds {@code first} to {@code last} and all recall levels. */
    double classPrecision(int label, int first, int last) {
        double[] own = new double[(last - first + 1) * CocoGrid.RECALLS];
        int from = at(0, first, 0, label);
        for (int i = 0; i < own.length; i++) {
            own[i] = precision[from + i * classes];
        }
        return PairwiseMean.ofNumbers(own, 0, own.length);
    }
}
