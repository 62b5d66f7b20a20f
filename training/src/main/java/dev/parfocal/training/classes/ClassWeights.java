package dev.parfocal.training.classes;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each class counts in a loss: by the number of its objects, or by name.
 *
 * @param balanced how weights follow from the classes' numbers of objects; null: they do not
 * @param beta of {@link Balance#EFFECTIVE}, in [0, 1); null: {@value #BETA}
 * @param named weights by the classes' names, at least 0; a class that is not named has 1
 */
public record ClassWeights(
        @Nullable Balance balanced, @Nullable Double beta, Map<String, Double> named) {
    private static final double BETA = 0.999;

    /** All classes count the same. */
    public static final ClassWeights EQUAL = new ClassWeights(null, null, Map.of());

    /** Weights by count, times what makes their mean 1. */
    public enum Balance {
        /**
         * (1 - beta) / (1 - beta^n) of a class with n objects: one over the effective number of its samples. Cui, Jia, Lin,
         * Song, Belongie: Class-Balanced Loss Based on Effective Number of Samples, CVPR 2019, eq. 2.
         */
        EFFECTIVE,
        /** 1 / n. */
        INVERSE
    }

    /** Checks the ranges. */
    public ClassWeights {
        named = new LinkedHashMap<>(named);
        if (balanced != null && !named.isEmpty()) {
            throw new ParfocalException("class weights are either balanced by count or named ("
                    + String.join(", ", named.keySet()) + "): leave one of them out");
        }
        if (beta != null && (balanced != Balance.EFFECTIVE || !(beta >= 0 && beta < 1))) {
            throw new ParfocalException(
                    "beta of class weights belongs to 'balanced: effective' and must be in [0, 1), but is " + beta
                            + (balanced == Balance.EFFECTIVE ? "" : " without it"));
        }
        named.forEach((name, weight) -> {
            if (weight == null || !(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("the weight of class " + name + " must be at least 0, but is " + weight);
            }
        });
    }

    /**
     * The weights by name, one for each class in the order of the labels.
     *
     * @param key of the configuration, for messages
     * @throws ParfocalException if a class is named that is not there, or a class without objects is to be weighed by count
     */
    public ClassWeights settled(String key, ClassCounts classes) {
        if (balanced == null) {
            return new ClassWeights(null, null, ByName.complete(key, named, 1, classes.names()));
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        double sum = 0;
        for (int label = 0; label < classes.names().size(); label++) {
            String name = classes.names().get(label);
            long objects = classes.objects().get(label);
            if (objects == 0) {
                throw new ParfocalException(key + ": the class " + name
                        + " has no object among the images to train on, so no weight follows from its count;"
                        + " name the weights, or leave the class out of the data");
            }
            double weight = balanced == Balance.INVERSE ? 1.0 / objects : effective(objects);
            weights.put(name, weight);
            sum += weight;
        }
        double mean = sum / weights.size();
        weights.replaceAll((name, weight) -> weight / mean);
        return new ClassWeights(null, null, weights);
    }

    private double effective(long objects) {
        double base = beta == null ? BETA : beta;
        return (1 - base) / (1 - Math.pow(base, objects));
    }
}
