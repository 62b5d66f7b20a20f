package dev.parfocal.detection.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every detection of a data set with what it found, best score first: the raw material of calibration. Detections are
 * matched with the objects of their class as COCO does, best score first, each with the free object that it overlaps most.
 * Those that lie in a crowd are left out.
 *
 * <p>Images are numbered by ascending id, classes by ascending category id.
 */
public final class Matches {

    private final List<String> classes;
    private final int[][] objects;
    private final int[] image;
    private final int[] label;
    private final double[] score;
    private final double[] iou;

    Matches(List<String> classes, int[][] objects, int[] image, int[] label, double[] score, double[] iou) {
        this.classes = List.copyOf(classes);
        this.objects = objects;
        this.image = image;
        this.label = label;
        this.score = score;
        this.iou = iou;
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /** How many images the truth has. */
    public int images() {
        return objects.length == 0 ? 0 : objects[0].length;
    }

    /** How many objects of a class an image has, crowds not counted. */
    public int objects(int ofClass, int inImage) {
        return objects[ofClass][inImage];
    }

    /** How many detections there are. */
    public int size() {
        return score.length;
    }

    /** The number of a detection's image. */
    public int image(int detection) {
        return image[detection];
    }

    /** The number of a detection's class. */
    public int label(int detection) {
        return label[detection];
    }

    /** A detection's score; they descend. */
    public double score(int detection) {
        return score[detection];
    }

    /** The IoU of a detection with the object that it found, at least the threshold of the matching; 0 if it found none. */
    public double iou(int detection) {
        return iou[detection];
    }

    /**
     * Only the detections whose score is not below their class's.
     *
     * @param lowest by class
     */
    public Matches from(double[] lowest) {
        return choose(IntStream.range(0, size())
                .filter(i -> score[i] >= lowest[label[i]])
                .toArray());
    }

    /**
     * The same with other scores.
     *
     * @param scores one for each detection
     */
    public Matches withScores(double[] scores) {
        if (scores.length != size()) {
            throw new IllegalArgumentException(scores.length + " scores for " + size() + " detections");
        }
        Matches rescored = new Matches(classes, objects, image, label, scores, iou);
        return rescored.choose(ScoreOrder.descending(scores, scores.length));
    }

    /** Only these detections, in this order. */
    Matches choose(int[] rows) {
        return new Matches(
                classes,
                objects,
                Arrays.stream(rows).map(i -> image[i]).toArray(),
                Arrays.stream(rows).map(i -> label[i]).toArray(),
                Arrays.stream(rows).mapToDouble(i -> score[i]).toArray(),
                Arrays.stream(rows).mapToDouble(i -> iou[i]).toArray());
    }
}
