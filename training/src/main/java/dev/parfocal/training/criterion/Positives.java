package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.PriorBatch;
import java.util.List;

/**
 * The rows of a batch that own an object. Corners are relative to their prior's centre, in strides.
 *
 * @param row {@code [positives]} number of the prior in the batch
 * @param image {@code [positives]} in the batch
 * @param object {@code [positives]} index of the object in its image's list
 * @param label {@code [positives]} its class
 * @param box {@code [positives, 4]} the object's corners in pixels of the model's input
 * @param predicted {@code [positives, 4]} corners as decoded
 * @param target {@code [positives, 4]} corners of the object
 * @param iou {@code [positives]} of the two boxes
 * @param alignment {@code [positives]} the assigner's normalised alignment
 */
public record Positives(
        int[] row,
        int[] image,
        int[] object,
        int[] label,
        float[] box,
        float[] predicted,
        float[] target,
        float[] iou,
        float[] alignment) {

    private static Positives ofSize(int count) {
        return new Positives(
                new int[count],
                new int[count],
                new int[count],
                new int[count],
                new float[4 * count],
                new float[4 * count],
                new float[4 * count],
                new float[count],
                new float[count]);
    }

    static Positives of(List<Assignment> assignments, PriorBatch priors, BoxCode.Decoded decoded) {
        Positives result =
                ofSize(assignments.stream().mapToInt(Assignment::positives).sum());
        int at = 0;
        for (int image = 0; image < assignments.size(); image++) {
            Assignment assignment = assignments.get(image);
            for (int prior = 0; prior < priors.of(image).size(); prior++) {
                if (assignment.object()[prior] >= 0) {
                    result.row[at] = priors.start(image) + prior;
                    result.image[at] = image;
                    result.fill(at++, assignment, priors.of(image), prior, decoded);
                }
            }
        }
        return result;
    }

    private void fill(int at, Assignment assignment, Priors priors, int prior, BoxCode.Decoded decoded) {
        object[at] = assignment.object()[prior];
        label[at] = assignment.label()[prior];
        float stride = priors.stride()[prior];
        for (int side = 0; side < 4; side++) {
            float centre = side % 2 == 0 ? priors.x(prior) : priors.y(prior);
            box[4 * at + side] = assignment.targetBox()[4 * prior + side];
            predicted[4 * at + side] = decoded.corner(row[at], label[at], side);
            target[4 * at + side] = (box[4 * at + side] - centre) / stride;
        }
        iou[at] = (float) relative(predicted, at).iou(relative(target, at));
        alignment[at] = assignment.alignment()[prior];
    }

    private static Box relative(float[] corners, int at) {
        return new Box(corners[4 * at], corners[4 * at + 1], corners[4 * at + 2], corners[4 * at + 3]);
    }

    /** How many there are. */
    public int count() {
        return row.length;
    }

    /**
     * {@code [positives]} how central each prior lies in its object, in [0, 1]: with the distances to the object's sides,
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

    /** {@code [positives, 4]} the objects' coordinates in a code. */
    float[] coordinates(BoxCode code, PriorBatch priors) {
        float[] coordinates = new float[4 * count()];
        for (int i = 0; i < count(); i++) {
            int prior = row[i] - priors.start(image[i]);
            code.encode(priors.of(image[i]), prior, box, 4 * i, coordinates, 4 * i);
        }
        return coordinates;
    }
}
