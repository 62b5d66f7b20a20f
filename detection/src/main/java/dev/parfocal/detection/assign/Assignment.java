package dev.parfocal.detection.assign;

import java.util.Arrays;

/**
 * What every point of one image has to learn.
 *
 * @param label {@code [anchors]} the class of the point's object, {@link #BACKGROUND} or {@link #IGNORE}
 * @param object {@code [anchors]} the index of the point's object in the list given; -1 where there is none
 * @param targetBox {@code [anchors, 4]} the object's box, x1, y1, x2, y2 in pixels; zeros where there is none. A point may
 *     lie outside its box where an assigner helps small objects, so distances to the sides can be negative.
 * @param alignment {@code [anchors]} how well the point suits its object, in [0, 1]: the normalised alignment of a
 *     task-aligned assigner, 1 for an assigner that does not grade; 0 where there is no object
 */
public record Assignment(int[] label, int[] object, float[] targetBox, float[] alignment) {

    /** The label of points that belong to no object. */
    public static final int BACKGROUND = -1;

    /** The label of points that must not be learnt from: they lie in a crowd. */
    public static final int IGNORE = -2;

    /** How many points own an object. */
    public int positives() {
        int count = 0;
        for (int owner : object) {
            if (owner >= 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * Figures of this assignment.
     *
     * @param priors the points it was made for
     * @param objects how many objects were given, crowds not counted
     */
    public AssignmentStatistics statistics(Priors priors, int objects) {
        int[] perLevel = new int[priors.levels()];
        int ignored = 0;
        for (int level = 0; level < perLevel.length; level++) {
            for (int at = priors.levelStart()[level]; at < priors.levelStart()[level + 1]; at++) {
                perLevel[level] += object[at] >= 0 ? 1 : 0;
                ignored += label[at] == IGNORE ? 1 : 0;
            }
        }
        int matched = (int)
                Arrays.stream(object).filter(owner -> owner >= 0).distinct().count();
        return new AssignmentStatistics(perLevel, ignored, objects - matched);
    }
}
