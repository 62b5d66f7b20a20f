package dev.parfocal.detection.metric;

import java.util.Arrays;

/**
 * Precision at every recall level and the highest recall, per area range, threshold and class. NaN stands where a class
 * has no object to find.
 */
final class CocoTables {

    private final int classes;
    private final double[] precision;
    private final double[] score;
    private final double[] recall;

    CocoTables(int classes) {
        this.classes = classes;
        int curves = AreaRange.values().length * CocoGrid.IOUS * classes;
        precision = filled(Math.multiplyExact(curves, CocoGrid.RECALLS));
        score = filled(CocoGrid.IOUS * CocoGrid.RECALLS * classes);
        recall = filled(Math.multiplyExact(curves, CocoGrid.LIMITS));
    }

    private static double[] filled(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private int at(AreaRange area, int iou, int level, int label) {
        return ((area.ordinal() * CocoGrid.IOUS + iou) * CocoGrid.RECALLS + level) * classes + label;
    }

    private int recallAt(AreaRange area, int limit, int iou, int label) {
        return ((area.ordinal() * CocoGrid.LIMITS + limit) * CocoGrid.IOUS + iou) * classes + label;
    }

    void setPrecision(AreaRange area, int iou, int level, int label, double value, double scoreThere) {
        precision[at(area, iou, level, label)] = value;
        if (area == AreaRange.ALL) {
            score[at(area, iou, level, label)] = scoreThere;
        }
    }

    void setRecall(AreaRange area, int limit, int iou, int label, double value) {
        recall[recallAt(area, limit, iou, label)] = value;
    }

    double precision(AreaRange area, int iou, int level, int label) {
        return precision[at(area, iou, level, label)];
    }

    double score(int iou, int level, int label) {
        return score[at(AreaRange.ALL, iou, level, label)];
    }

    double recall(AreaRange area, int limit, int iou, int label) {
        return recall[recallAt(area, limit, iou, label)];
    }

    /** The mean over the thresholds {@code first} to {@code last}, all recall levels and classes. */
    double meanPrecision(AreaRange area, int first, int last) {
        return PairwiseMean.ofNumbers(
                precision, at(area, first, 0, 0), (last - first + 1) * CocoGrid.RECALLS * classes);
    }

    double meanRecall(AreaRange area, int limit, int first, int last) {
        return PairwiseMean.ofNumbers(recall, recallAt(area, limit, first, 0), (last - first + 1) * classes);
    }

    /** The mean of one class over the thresholds {@code first} to {@code last} and all recall levels. */
    double classPrecision(int label, int first, int last) {
        double[] own = new double[(last - first + 1) * CocoGrid.RECALLS];
        int from = at(AreaRange.ALL, first, 0, label);
        for (int i = 0; i < own.length; i++) {
            own[i] = precision[from + i * classes];
        }
        return PairwiseMean.ofNumbers(own, 0, own.length);
    }
}
