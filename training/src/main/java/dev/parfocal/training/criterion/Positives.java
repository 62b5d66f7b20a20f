package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The points of a batch that own an object. Boxes are relative to their point, in strides.
 *
 * @param point {@code [positives]} number of the point in the batch
 * @param object {@code [positives]} index of the object in its image's list
 * @param predicted {@code [positives, 4]} -left, -top, right, bottom as decoded
 * @param target {@code [positives, 4]} the same of the object
 * @param iou {@code [positives]} of the two boxes
 * @param alignment {@code [positives]} the assigner's normalised alignment
 */
public record Positives(int[] point, int[] object, float[] predicted, float[] target, float[] iou, float[] alignment) {

    static Positives of(List<Assignment> images, Priors points, FloatBuffer distances) {
        int count = images.stream().mapToInt(Assignment::positives).sum();
        Positives result = new Positives(
                new int[count],
                new int[count],
                new float[4 * count],
                new float[4 * count],
                new float[count],
                new float[count]);
        int at = 0;
        for (int image = 0; image < images.size(); image++) {
            Assignment assignment = images.get(image);
            for (int anchor = 0; anchor < points.size(); anchor++) {
                if (assignment.object()[anchor] >= 0) {
                    result.point[at] = image * points.size() + anchor;
                    result.object[at] = assignment.object()[anchor];
                    result.fill(at++, assignment, points, anchor, distances);
                }
            }
        }
        return result;
    }

    private void fill(int at, Assignment assignment, Priors points, int anchor, FloatBuffer distances) {
        float stride = points.stride()[anchor];
        for (int side = 0; side < 4; side++) {
            float distance = distances.get(4 * point[at] + side);
            float from = side % 2 == 0 ? points.x(anchor) : points.y(anchor);
            predicted[4 * at + side] = side < 2 ? -distance : distance;
            target[4 * at + side] = (assignment.targetBox()[4 * anchor + side] - from) / stride;
        }
        iou[at] = (float) box(predicted, at).iou(box(target, at));
        alignment[at] = assignment.alignment()[anchor];
    }

    private static Box box(float[] boxes, int at) {
        return new Box(boxes[4 * at], boxes[4 * at + 1], boxes[4 * at + 2], boxes[4 * at + 3]);
    }

    /** How many there are. */
    public int count() {
        return point.length;
    }

    /**
     * {@code [positives]} how central each point lies in its object, in [0, 1]: with the distances to the object's sides,
     * the square root of smaller over larger of left and right times the same of top and bottom; 0 outside the object. Tian
     * et al., arXiv 1904.01355, equation 3.
     */
    public float[] centerness() {
        float[] centerness = new float[count()];
        for (int i = 0; i < centerness.length; i++) {
            double x = balance(-target[4 * i], target[4 * i + 2]);
            double y = balance(-target[4 * i + 1], target[4 * i + 3]);
            centerness[i] = (float) Math.sqrt(x * y);
        }
        return centerness;
    }

    private static double balance(float a, float b) {
        return a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : 0;
    }

    /** {@code [positives · 4]} distances to the object's sides, brought into [0, reach]. */
    float[] targetDistances(float reach) {
        float[] distances = new float[target.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.max(0, Math.min(reach, i % 4 < 2 ? -target[i] : target[i]));
        }
        return distances;
    }
}
