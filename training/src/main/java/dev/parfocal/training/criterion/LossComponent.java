package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.classes.ByName;
import dev.parfocal.training.classes.ClassCounts;
import dev.parfocal.training.classes.ClassWeights;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One loss of a detector and how it is used.
 *
 * @param loss a name of the catalogue, or the path of a {@code .loss} file
 * @param set values of its parameters that differ from the defaults
 * @param weight its weight in the sum of losses, at least 0
 * @param target what classification learns on an object's points; ignored by the other losses
 * @param divide what the sum over a batch is divided by
 * @param weighting how much each box counts; ignored by the other losses
 * @param perClass values of parameters that differ from class to class, by parameter and the class's name; a class that is
 *     not named has the value for all. Only of losses on classes, as what follows
 * @param classWeights how much each class counts; absent: all the same
 * @param smoothing label smoothing in (0, 1): a target t becomes t * (1 - smoothing) + smoothing / 2, and a loss of rows has
 *     this value of its parameter {@code smoothing}; absent: none
 */
public record LossComponent(
        String loss,
        Map<String, Double> set,
        double weight,
        Target target,
        Division divide,
        Weighting weighting,
        Map<String, Map<String, Double>> perClass,
        @Nullable ClassWeights classWeights,
        @Nullable Double smoothing) {

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
        if (smoothing != null && !(smoothing > 0 && smoothing < 1)) {
            throw new ParfocalException("the label smoothing of loss " + loss
                    + " must be in (0, 1), or be left out for none, but is " + smoothing);
        }
        set = new TreeMap<>(set);
        perClass = new TreeMap<>(perClass);
    }

    /** The same for all classes. */
    public LossComponent(
            String loss, Map<String, Double> set, double weight, Target target, Division divide, Weighting weighting) {
        this(loss, set, weight, target, divide, weighting, Map.of(), null, null);
    }

    /** Boxes count as much as their classes are to score. */
    public LossComponent(String loss, Map<String, Double> set, double weight, Target target, Division divide) {
        this(loss, set, weight, target, divide, Weighting.QUALITY);
    }

    /** Whether it says anything about single classes or about smoothing, which only losses on classes understand. */
    boolean isOfClasses() {
        return !perClass.isEmpty() || classWeights != null || smoothing != null;
    }

    /** The same with a number for every class, in the order of the labels, where it has some. */
    LossComponent settled(String key, ClassCounts classes) {
        Map<String, Map<String, Double>> complete = new TreeMap<>();
        perClass.forEach((parameter, named) -> {
            double other = Component.resolve(this).parameter(parameter);
            complete.put(parameter, ByName.complete(key + ".perClass." + parameter, named, other, classes.names()));
        });
        ClassWeights weights = classWeights == null ? null : classWeights.settled(key + ".classWeights", classes);
        return new LossComponent(loss, set, weight, target, divide, weighting, complete, weights, smoothing);
    }

    /** A loss of the catalogue with its defaults. */
    public static LossComponent of(String loss, double weight) {
        return new LossComponent(loss, Map.of(), weight, Target.AUTO, Division.AUTO);
    }
}
