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
 */
public record LossComponent(String loss, Map<String, Double> set, double weight, Target target, Division divide) {

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
        ALIGNMENT
    }

    /** What the sum of a loss over a batch is divided by; never less than 1, so that images without objects give 0. */
    public enum Division {
        /** Classification: what the loss's recipe says. Boxes: the sum of their weights. */
        AUTO,
        /** The number of positive points. */
        POSITIVES,
        /** The sum of the positives' targets. */
        QUALITY
    }

    /** Checks the ranges. */
    public LossComponent {
        if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("the weight of loss " + loss + " must be at least 0, but is " + weight);
        }
        set = new TreeMap<>(set);
    }

    /** A loss of the catalogue with its defaults. */
    public static LossComponent of(String loss, double weight) {
        return new LossComponent(loss, Map.of(), weight, Target.AUTO, Division.AUTO);
    }
}
