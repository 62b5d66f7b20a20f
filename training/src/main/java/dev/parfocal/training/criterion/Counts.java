package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * What the losses of an output may be divided by.
 *
 * @param positives {@code [images]} rows that own an object
 * @param sampled rows that are learnt from
 * @param objects of the batch, crowds not counted
 * @param average of the numbers of positives, this batch's included
 */
record Counts(int[] positives, long sampled, long objects, double average) {

    /**
     * Of a batch.
     *
     * @param before the average before it
     * @param momentum the share of the past in the average
     */
    static Counts of(List<Assignment> assignments, List<List<Annotation>> images, double before, double momentum) {
        int[] positives = assignments.stream().mapToInt(Assignment::positives).toArray();
        long sampled = 0;
        for (Assignment assignment : assignments) {
            for (int label : assignment.label()) {
                sampled += label == Assignment.IGNORE ? 0 : 1;
            }
        }
        long objects = images.stream()
                .flatMap(List::stream)
                .filter(object -> !object.crowd())
                .count();
        long sum = 0;
        for (int each : positives) {
            sum += each;
        }
        return new Counts(positives, sampled, objects, momentum * before + (1 - momentum) * Math.max(1, sum));
    }

    /** What the losses on positive rows are divided by, given the sum of the rows' weights. */
    Normalizer divisor(LossComponent.Division division, double weights) {
        return switch (division) {
            case AUTO, QUALITY -> Normalizer.given(Math.max(1, weights));
            case POSITIVES -> Normalizer.given(Math.max(1, sum()));
            case SAMPLED -> Normalizer.given(Math.max(1, sampled));
            case OBJECTS -> Normalizer.given(Math.max(1, objects));
            case PER_IMAGE -> Normalizer.given(positives.length);
            case MOVING_AVERAGE -> Normalizer.given(Math.max(1, average));
        };
    }

    /** Number of rows that own an object. */
    private double sum() {
        double sum = 0;
        for (int each : positives) {
            sum += each;
        }
        return sum;
    }

    /** What a row of an image counts for where each image is divided by its own number of positive rows. */
    float share(int image) {
        return 1f / Math.max(1, positives[image]);
    }
}
