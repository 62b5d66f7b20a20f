package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns weights of objects into factors of the points that own them. */
final class ObjectFactors {
    private ObjectFactors() {}

    /** Every point once. */
    static float[] ones(int points) {
        float[] ones = new float[points];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * The factor of each positive point, {@code [positives]}.
     *
     * @param losses {@code [positives]}; empty if they are not needed
     */
    static float[] of(ObjectWeights weights, Positives positives, List<List<Annotation>> objects, float[] losses) {
        int[] owner = new int[positives.count()];
        List<LearntObject> learnt = new ArrayList<>();
        // The points of an object lie in one image but not side by side.
        int[][] number = new int[objects.size()][];
        for (int image = 0; image < number.length; image++) {
            number[image] = new int[objects.get(image).size()];
            Arrays.fill(number[image], -1);
        }
        for (int i = 0; i < owner.length; i++) {
            int image = positives.image()[i];
            int object = positives.object()[i];
            if (number[image][object] < 0) {
                number[image][object] = learnt.size();
                learnt.add(new LearntObject(image, objects.get(image).get(object), 0, 0));
            }
            owner[i] = number[image][object];
            LearntObject known = learnt.get(owner[i]);
            double loss = losses.length == 0 ? 0 : losses[i];
            int points = known.points() + 1;
            learnt.set(
                    owner[i],
                    new LearntObject(image, known.annotation(), points, known.loss() + (loss - known.loss()) / points));
        }
        return factors(weights.of(learnt), owner, learnt.size());
    }

    private static float[] factors(double[] weights, int[] owner, int objects) {
        if (weights.length != objects) {
            throw new ParfocalException("weights of " + weights.length + " objects for " + objects);
        }
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("the weight of an object must be at least 0, but is " + weight);
            }
        }
        float[] factors = new float[owner.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) weights[owner[i]];
        }
        return factors;
    }
}
