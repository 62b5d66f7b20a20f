package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One loss of a detector and how it is used.
 *
 * @param loss a name of the catalogue, or the path of a {@code .loss} file
 * @param set values of its parameters that differ from the defaults
 * @param weight its weight in the sum of losses, at least 0
 * @param target what classification learns on an object's points; ignored by the other losses
 * @param divide what the sum over a batch is divided by
 * @param weighting how much each box counts; ignored by the other losses
 */
public record LossComponent(
        String loss, Map<String, Double> set, double weight, Target target, Division divide, Weighting weighting) {

    /** What the class of a point's object is to score. Everything else is to score 0. */
    public enum Target {
        /**
         * {@link #QUALITY} for a loss whose lowest point is where the probability equals the target, as for varifocal and
         * quality focal loss and cross-entropy; else {@link #HARD}, as for focal loss, which overshoots a soft target.
         */
        AUTO,
        /** 1. */
        HARD,
        /** The IoU of the decoded box with its object, detached. */
        QUALITY,
        /** The assigner's normalised alignment. */
        ALIGNMENT,
        /** How central the prior lies in its object: for a branch. */
        CENTERNESS
    }

    /** What the sum of a loss over a batch is divided by; never less than 1, so that images without objects give 0. */
    public enum Division {
        /** Classification: what the loss's recipe says. Boxes: the sum of their weights. */
        AUTO,
        /** The number of positive points. */
        POSITIVES,
        /** The sum of the positives' targets. */
        QUALITY,
        /** The number of rows that are learnt from, background too. */
        SAMPLED,
        /** The number of objects, crowds not counted. */
        OBJECTS,
        /** In each image the number of its positive rows; then the number of images. */
        PER_IMAGE,
        /** The moving average of the batches' numbers of positive rows: momentum 0.9, 100 at the start. */
        MOVING_AVERAGE
    }

    /** How much the box of a positive row counts. */
    public enum Weighting {
        /** As much as its class is to score. */
        QUALITY,
        /** As much as any other. */
        EQUAL,
        /** As much as its best class scores, detached. */
        SCORE
    }

    /** Checks the ranges. */
    public LossComponent {
        if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("the weight of loss " + loss + " must be at least 0, but is " + weight);
        }
        set = new TreeMap<>(set);
    }

    /** Boxes count as much as their classes are to score. */
    public LossComponent(String loss, Map<String, Double> set, double weight, Target target, Division divide) {
        this(loss, set, weight, target, divide, Weighting.QUALITY);
    }

    /** A loss of the catalogue with its defaults. */
    public static LossComponent of(String loss, double weight) {
        return new LossComponent(loss, Map.of(), weight, Target.AUTO, Division.AUTO);
    }
}
