package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.truth.Boxes;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.ImageRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Finds out what every detection found, at any threshold of overlap. */
public final class Matcher {

    private static final int LIMIT = EvaluationOptions.COCO.limits().get(2);

    private final Boxes boxes;
    private final ImageMatcher matcher;
    private final Stratum all;
    private final double least;
    private final int[][] objects;
    private final int[] image;
    private final int[] label;
    private final double[] score;
    private final double[] iou;
    private int size;

    private Matcher(Boxes boxes, double least) {
        this.boxes = boxes;
        matcher = new ImageMatcher(boxes, Mode.STRICT);
        all = CocoGrid.all(Mode.STRICT, boxes);
        // No overlap at all is no match, even at a threshold of 0.
        this.least = Math.max(least, Double.MIN_VALUE);
        objects = new int[boxes.classes()][boxes.images()];
        int capacity = boxes.detections().size();
        image = new int[capacity];
        label = new int[capacity];
        score = new double[capacity];
        iou = new double[capacity];
    }

    /**
     * Matches detections with the objects of a data set.
     *
     * @param detections labels are indices into the data set's categories
     * @param least the least IoU of a match, in [0, 1]; at 0 any overlap will do
     * @throws ParfocalException when {@code least} is outside its range, a score or coordinate is not a number, or an image
     *     or label is unknown
     */
    public static Matches match(Dataset truth, List<Detection> detections, double least) {
        return match(CocoInput.of(truth, detections), least);
    }

    /**
     * Matches what was read. An object whose id in its file is 0 is an object like any other here.
     *
     * @param least the least IoU of a match, in [0, 1]; at 0 any overlap will do
     * @throws ParfocalException when {@code least} is outside its range
     */
    public static Matches match(CocoInput input, double least) {
        if (!(least >= 0 && least <= 1)) {
            throw new ParfocalException("the IoU of a match must be in [0, 1], but is " + least);
        }
        return new Matcher(input.boxes(), least).matches();
    }

    /**
     * Each detection with what it found, class by class, image by image, best score first. An object whose id in its file is 0
     * is an object like any other here.
     *
     * @param least the least IoU of a match, in (0, 1]
     */
    public static List<Pair> pairs(CocoInput input, double least) {
        Boxes boxes = input.boxes();
        Matcher matching = new Matcher(boxes, least);
        List<Pair> pairs = new ArrayList<>();
        for (int c = 0; c < boxes.classes(); c++) {
            int ofClass = c;
            ImageRuns.each(boxes.objects(), boxes.found(), c, (number, fromObject, toObject, from, to) -> {
                matching.matcher.load(boxes.objects(), fromObject, toObject);
                matching.matcher.select(matching.all);
                int[] rows = ClassEvaluation.bestFirst(boxes.detections(), boxes.found(), from, to, LIMIT);
                matching.pair(ofClass, number, fromObject, rows, pairs);
            });
        }
        return pairs;
    }

    private void pair(int ofClass, int number, int fromObject, int[] rows, List<Pair> pairs) {
        OptionalInt[] found = new OptionalInt[rows.length];
        Arrays.fill(found, OptionalInt.empty());
        boolean[] inCrowd = new boolean[rows.length];
        matcher.measure(boxes.detections(), rows, rows.length);
        matcher.match(least, rows.length, (d, g) -> {
            found[d] = OptionalInt.of(boxes.objects().row(fromObject + g));
            inCrowd[d] = matcher.isIgnored(g);
        });
        for (int d = 0; d < rows.length; d++) {
            pairs.add(new Pair(number, ofClass, rows[d], found[d], inCrowd[d]));
        }
    }

    private Matches matches() {
        for (int c = 0; c < objects.length; c++) {
            int ofClass = c;
            ImageRuns.each(boxes.objects(), boxes.found(), c, (number, fromObject, toObject, from, to) -> {
                matcher.load(boxes.objects(), fromObject, toObject);
                objects[ofClass][number] = matcher.select(all);
                add(ofClass, number, ClassEvaluation.bestFirst(boxes.detections(), boxes.found(), from, to, LIMIT));
            });
        }
        List<String> names =
                boxes.truth().categories().stream().map(Category::name).toList();
        return new Matches(names, objects, image, label, score, iou).choose(ScoreOrder.descending(score, size));
    }

    private void add(int ofClass, int number, int[] rows) {
        double[] overlap = new double[rows.length];
        boolean[] inCrowd = new boolean[rows.length];
        matcher.measure(boxes.detections(), rows, rows.length);
        matcher.match(least, rows.length, (d, g) -> {
            overlap[d] = matcher.iou(d, g);
            inCrowd[d] = matcher.isIgnored(g);
        });
        for (int d = 0; d < rows.length; d++) {
            if (!inCrowd[d]) {
                image[size] = number;
                label[size] = ofClass;
                score[size] = boxes.detections().value(rows[d]);
                iou[size++] = overlap[d];
            }
        }
    }
}
