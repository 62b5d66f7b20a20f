package dev.parfocal.detection.assign;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;

/**
 * What every prior of one image has to learn.
 *
 * @param label {@code [priors]} the class of the prior's object, {@link #BACKGROUND} or {@link #IGNORE}
 * @param object {@code [priors]} the index of the prior's object in the list given; -1 where there is none
 * @param targetBox {@code [priors, 4]} the object's box, x1, y1, x2, y2 in pixels; zeros where there is none. The centre of a
 *     prior may lie outside its object's box, so distances to the sides can be negative.
 * @param alignment {@code [priors]} how well the prior suits its object, in [0, 1]: the normalised alignment of a task-aligned
 *     assigner, the IoU of the predicted box for SimOTA, 1 for an assigner that does not grade; 0 where there is no object
 */
public record Assignment(int[] label, int[] object, float[] targetBox, float[] alignment) {

    /** The label of priors that belong to no object. */
    public static final int BACKGROUND = -1;

    /** The label of priors that must not be learnt from: in a crowd, neither object nor background, or not sampled. */
    public static final int IGNORE = -2;

    /**
     * The assignment of an owner to each prior.
     *
     * @param owner {@code [priors]} the index of an object, {@link #BACKGROUND} or {@link #IGNORE}
     * @param objects of the image
     * @param alignment {@code [priors]} in [0, 1]; read only where there is an object
     */
    public static Assignment of(int[] owner, List<Annotation> objects, float[] alignment) {
        int size = owner.length;
        Assignment assignment = new Assignment(owner.clone(), owner.clone(), new float[4 * size], new float[size]);
        for (int prior = 0; prior < size; prior++) {
            if (owner[prior] >= 0) {
                Annotation object = objects.get(owner[prior]);
                assignment.label[prior] = object.label();
                assignment.alignment[prior] = alignment[prior];
                write(object.box(), assignment.targetBox, 4 * prior);
            } else {
                assignment.object[prior] = -1;
            }
        }
        return assignment;
    }

    /** The assignment of an owner to each prior, all of which suit their objects equally well. */
    public static Assignment of(int[] owner, List<Annotation> objects) {
        float[] alignment = new float[owner.length];
        Arrays.fill(alignment, 1);
        return of(owner, objects, alignment);
    }

    /** The same, but priors of the background whose centres lie strictly inside a crowd are ignored. */
    public Assignment ignoringCrowds(Priors priors, List<Annotation> objects) {
        int[] labels = label.clone();
        for (Annotation each : objects) {
            if (each.crowd()) {
                for (int prior = 0; prior < labels.length; prior++) {
                    if (labels[prior] == BACKGROUND && Targets.contains(each.box(), priors, prior)) {
                        labels[prior] = IGNORE;
                    }
                }
            }
        }
        return new Assignment(labels, object, targetBox, alignment);
    }

    /** What some of the priors have to learn, in the order given. */
    public Assignment of(int[] priors) {
        Assignment some = new Assignment(
                new int[priors.length], new int[priors.length], new float[4 * priors.length], new float[priors.length]);
        for (int i = 0; i < priors.length; i++) {
            some.label[i] = label[priors[i]];
            some.object[i] = object[priors[i]];
            some.alignment[i] = alignment[priors[i]];
            System.arraycopy(targetBox, 4 * priors[i], some.targetBox, 4 * i, 4);
        }
        return some;
    }

    /** Takes a prior out of learning. */
    void ignore(int prior) {
        label[prior] = IGNORE;
        object[prior] = -1;
        alignment[prior] = 0;
        Arrays.fill(targetBox, 4 * prior, 4 * prior + 4, 0);
    }

    private static void write(Box box, float[] into, int at) {
        into[at] = (float) box.x1();
        into[at + 1] = (float) box.y1();
        into[at + 2] = (float) box.x2();
        into[at + 3] = (float) box.y2();
    }

    /** How many priors own an object. */
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
     * @param priors the priors it was made for
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
