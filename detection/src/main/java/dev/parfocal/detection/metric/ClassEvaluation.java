package dev.parfocal.detection.metric;

/** What the detections of one class are worth: for each its score, its place in its image, and its matches. */
final class ClassEvaluation {

    private static final AreaRange[] AREAS = AreaRange.values();
    private static final int LIMIT = CocoGrid.limit(CocoGrid.LIMITS - 1);

    /** numpy's {@code spacing(1)}: pycocotools adds it to the denominator of every precision. */
    static final double SPACING = Math.ulp(1.0);

    private final BoxTable detections;
    private final ImageMatcher matcher;
    private final double[] score;
    private final byte[] place;
    private final int[] image;
    private final short[][] matched;
    private final short[][] excluded;
    private final int[] objects = new int[AREAS.length];
    private final int[] objectsIn;
    private int size;

    /**
     * An evaluation of nothing yet.
     *
     * @param capacity the most detections there can be
     * @param images how many images there are
     */
    ClassEvaluation(BoxTable detections, BoxTable truth, int capacity, int images) {
        this.detections = detections;
        this.matcher = new ImageMatcher(truth);
        this.score = new double[capacity];
        this.place = new byte[capacity];
        this.image = new int[capacity];
        this.objectsIn = new int[images];
        this.matched = new short[AREAS.length][capacity];
        this.excluded = new short[AREAS.length][capacity];
    }

    /** Adds an image: its number, its objects and its detections as positions in their groupings. */
    void addImage(int number, GroupedRows truth, int fromObject, int toObject, GroupedRows found, int from, int to) {
        int[] rows = bestFirst(detections, found, from, to);
        matcher.load(truth, fromObject, toObject);
        matcher.measure(detections, rows, rows.length);
        for (AreaRange area : AREAS) {
            int a = area.ordinal();
            int counted = matcher.select(area);
            objects[a] += counted;
            objectsIn[number] = area == AreaRange.ALL ? counted : objectsIn[number];
            for (int t = 0; t < CocoGrid.IOUS; t++) {
                matcher.match(t, rows.length, matched[a], excluded[a], size);
            }
            excludeUnmatched(area, rows);
        }
        for (int d = 0; d < rows.length; d++) {
            score[size] = detections.value(rows[d]);
            image[size] = number;
            place[size++] = (byte) d;
        }
    }

    /** The rows of one image's detections of a class, best first, as many as COCO counts. */
    static int[] bestFirst(BoxTable detections, GroupedRows found, int from, int to) {
        double[] scores = new double[to - from];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = detections.value(found.row(from + i));
        }
        int[] order = ScoreOrder.descending(scores, scores.length);
        int[] rows = new int[Math.min(order.length, LIMIT)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = found.row(from + order[i]);
        }
        return rows;
    }

    /** An unmatched detection outside the area range is no false positive of that range. */
    private void excludeUnmatched(AreaRange area, int[] rows) {
        int a = area.ordinal();
        for (int d = 0; d < rows.length; d++) {
            if (!area.contains(detections.boxArea(rows[d]))) {
                excluded[a][size + d] |= (short) ~matched[a][size + d];
            }
        }
    }

    /** How many objects count in an area range. */
    int objects(AreaRange area) {
        return objects[area.ordinal()];
    }

    /** The detections' outcomes over all areas, best first, for evaluations of other choices of images. */
    ClassOutcomes outcomes() {
        int a = AreaRange.ALL.ordinal();
        int[] order = ScoreOrder.descending(score, size);
        int[] of = new int[size];
        short[] hit = new short[size];
        short[] miss = new short[size];
        for (int i = 0; i < size; i++) {
            of[i] = image[order[i]];
            hit[i] = (short) (matched[a][order[i]] & ~excluded[a][order[i]]);
            miss[i] = (short) ~(matched[a][order[i]] | excluded[a][order[i]]);
        }
        return new ClassOutcomes(of, hit, miss, objectsIn);
    }

    /** Writes the class's precision and recall. */
    void write(CocoTables tables, int label) {
        int[] order = ScoreOrder.descending(score, size);
        double[] recall = new double[size];
        double[] precision = new double[size];
        for (AreaRange area : AREAS) {
            for (int t = 0; t < CocoGrid.IOUS && objects(area) > 0; t++) {
                for (int limit = 0; limit < CocoGrid.LIMITS; limit++) {
                    tables.setRecall(area, limit, t, label, recall(area, t, CocoGrid.limit(limit)));
                }
                trace(area, t, order, recall, precision);
                sample(tables, area, t, label, order, recall, precision);
            }
        }
    }

    private double recall(AreaRange area, int threshold, int limit) {
        int found = 0;
        for (int i = 0; i < size; i++) {
            if (place[i] < limit && isTrue(area, threshold, i)) {
                found++;
            }
        }
        return (double) found / objects(area);
    }

    private boolean isTrue(AreaRange area, int threshold, int i) {
        return (matched[area.ordinal()][i] & ~excluded[area.ordinal()][i] & 1 << threshold) != 0;
    }

    private boolean isFalse(AreaRange area, int threshold, int i) {
        return ((matched[area.ordinal()][i] | excluded[area.ordinal()][i]) & 1 << threshold) == 0;
    }

    /** Recall and precision after each detection in order, precision made to descend from the right. */
    private void trace(AreaRange area, int threshold, int[] order, double[] recall, double[] precision) {
        double hits = 0;
        double misses = 0;
        for (int i = 0; i < size; i++) {
            hits += isTrue(area, threshold, order[i]) ? 1 : 0;
            misses += isFalse(area, threshold, order[i]) ? 1 : 0;
            recall[i] = hits / objects(area);
            precision[i] = hits / (misses + hits + SPACING);
        }
        for (int i = size - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
    }

    private void sample(
            CocoTables tables,
            AreaRange area,
            int threshold,
            int label,
            int[] order,
            double[] recall,
            double[] precision) {
        int at = 0;
        for (int level = 0; level < CocoGrid.RECALLS; level++) {
            while (at < size && recall[at] < CocoGrid.recall(level)) {
                at++;
            }
            boolean reached = at < size;
            double scoreThere = reached ? score[order[at]] : 0;
            tables.setPrecision(area, threshold, level, label, reached ? precision[at] : 0, scoreThere);
        }
    }
}
