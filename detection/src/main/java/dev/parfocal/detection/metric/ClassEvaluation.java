package dev.parfocal.detection.metric;

import dev.parfocal.detection.truth.BoxTable;
import dev.parfocal.detection.truth.Boxes;
import dev.parfocal.detection.truth.GroupedRows;
import dev.parfocal.detection.truth.ImageRuns;

/** What the detections of one class are worth: for each its score, its place in its image, and its matches. */
final class ClassEvaluation {

    private final CocoGrid grid;
    private final BoxTable detections;
    private final ImageMatcher matcher;
    private final double[] score;
    private final int[] place;
    private final int[] image;
    private final int[][] matched;
    private final int[][] excluded;
    private final int[] objects;
    private final int[] objectsIn;
    private int size;

    private ClassEvaluation(CocoGrid grid, Boxes boxes, int capacity) {
        this.grid = grid;
        this.detections = boxes.detections();
        this.matcher = new ImageMatcher(boxes, grid.mode());
        this.score = new double[capacity];
        this.place = new int[capacity];
        this.image = new int[capacity];
        this.objects = new int[grid.strata().size()];
        this.objectsIn = new int[boxes.images()];
        this.matched = new int[objects.length][capacity];
        this.excluded = new int[objects.length][capacity];
    }

    /** Evaluates one class. */
    static ClassEvaluation of(CocoGrid grid, Boxes boxes, int label) {
        GroupedRows found = boxes.found();
        ClassEvaluation evaluation = new ClassEvaluation(grid, boxes, found.end(label) - found.start(label));
        ImageRuns.each(
                boxes.objects(),
                found,
                label,
                (image, fromObject, toObject, from, to) ->
                        evaluation.addImage(image, boxes.objects(), fromObject, toObject, found, from, to));
        return evaluation;
    }

    /** Adds an image: its number, its objects and its detections as positions in their groupings. */
    private void addImage(
            int number, GroupedRows truth, int fromObject, int toObject, GroupedRows found, int from, int to) {
        int[] rows = bestFirst(detections, found, from, to, grid.limit());
        if (fromObject < toObject) {
            match(number, truth, fromObject, toObject, rows);
        }
        for (int a = 0; a < objects.length; a++) {
            excludeUnmatched(a, rows);
        }
        for (int d = 0; d < rows.length; d++) {
            score[size] = detections.value(rows[d]);
            image[size] = number;
            place[size++] = d;
        }
    }

    private void match(int number, GroupedRows truth, int fromObject, int toObject, int[] rows) {
        matcher.load(truth, fromObject, toObject);
        matcher.measure(detections, rows, rows.length);
        for (int a = 0; a < objects.length; a++) {
            int counted = matcher.select(grid.strata().get(a));
            objects[a] += counted;
            objectsIn[number] = a == 0 ? counted : objectsIn[number];
            for (int t = 0; t < grid.ious().length; t++) {
                matcher.match(grid.ious()[t], 1 << t, rows.length, matched[a], excluded[a], size);
            }
        }
    }

    /** The rows of one image's detections of a class, best first, at most {@code limit}. */
    static int[] bestFirst(BoxTable detections, GroupedRows found, int from, int to, int limit) {
        if (to - from == 1) {
            return new int[] {found.row(from)};
        }
        double[] scores = new double[to - from];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = detections.value(found.row(from + i));
        }
        int[] order = ScoreOrder.descending(scores, scores.length);
        int[] rows = new int[Math.min(order.length, limit)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = found.row(from + order[i]);
        }
        return rows;
    }

    /** An unmatched detection outside the stratum is no false positive of it. */
    private void excludeUnmatched(int a, int[] rows) {
        for (int d = 0; d < rows.length; d++) {
            if (!grid.strata().get(a).detections().test(rows[d])) {
                excluded[a][size + d] |= ~matched[a][size + d];
            }
        }
    }

    /** How many objects count in each stratum. */
    int[] objects() {
        return objects;
    }

    /** The detections' outcomes over all objects, best first, for evaluations of other choices of images. */
    ClassOutcomes outcomes() {
        int[] order = ScoreOrder.descending(score, size);
        int[] of = new int[size];
        int[] hit = new int[size];
        int[] miss = new int[size];
        for (int i = 0; i < size; i++) {
            of[i] = image[order[i]];
            hit[i] = matched[0][order[i]] & ~excluded[0][order[i]];
            miss[i] = ~(matched[0][order[i]] | excluded[0][order[i]]);
        }
        return new ClassOutcomes(of, hit, miss, objectsIn);
    }

    /** Writes the class's precision and recall. */
    void write(CocoTables tables, int label) {
        int[] order = ScoreOrder.descending(score, size);
        if (!grid.corrected()) {
            StrictTrace trace = new StrictTrace(grid, score, place, order);
            for (int a = 0; a < objects.length; a++) {
                if (objects[a] > 0) {
                    trace.write(tables, a, label, matched[a], excluded[a], objects[a]);
                }
            }
            return;
        }
        Trace trace = new Trace(grid, score, order);
        for (int a = 0; a < objects.length; a++) {
            for (int t = 0; t < grid.ious().length && objects[a] > 0; t++) {
                for (int limit = 0; limit < grid.limits().length; limit++) {
                    tables.setRecall(a, limit, t, label, recall(a, t, grid.limits()[limit]));
                }
                trace.follow(matched[a], excluded[a], 1 << t, objects[a]);
                trace.sample(tables, a, t, label);
            }
        }
    }

    private double recall(int stratum, int threshold, int limit) {
        int found = 0;
        for (int i = 0; i < size; i++) {
            if (place[i] < limit && (matched[stratum][i] & ~excluded[stratum][i] & 1 << threshold) != 0) {
                found++;
            }
        }
        return (double) found / objects[stratum];
    }
}
