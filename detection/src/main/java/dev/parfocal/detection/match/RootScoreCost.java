package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.data.Annotation;
import java.util.List;

/**
 * The binary cross-entropy of the square roots of all scores with the object's class, as YOLOX takes it, arXiv 2107.08430: a
 * score is the product of a class's probability and objectness there, and its root lies between them. Each logarithm is at least
 * -100, as in PyTorch.
 *
 * @param weight of this cost beside others; above 0
 */
public record RootScoreCost(double weight) implements Cost {

    private static final double LEAST = -100;
    private static final double SMALL = 1e-200;

    public RootScoreCost {
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new ParfocalException("the weight of the classification cost must be above 0, not " + weight);
        }
    }

    @Override
    public void add(Predictions now, List<Annotation> objects, double[][] into) {
        if (objects.isEmpty()) {
            return;
        }
        for (int prior = 0; prior < into[0].length; prior++) {
            double background = background(now, prior);
            for (int object = 0; object < objects.size(); object++) {
                double root = Math.sqrt(now.score(prior, objects.get(object).label()));
                into[object][prior] += weight * (background + log(1 - root) - log(root));
            }
        }
    }

    /** What the prior costs without an object: the sum of -log(1 - root), as the logarithm of few products. */
    private static double background(Predictions now, int prior) {
        double sum = 0;
        double product = 1;
        for (int label = 0; label < now.classes(); label++) {
            double rest = 1 - Math.sqrt(now.score(prior, label));
            if (rest > 0) {
                product *= rest;
                if (product < SMALL) {
                    sum -= Math.log(product);
                    product = 1;
                }
            } else {
                sum -= LEAST;
            }
        }
        return sum - Math.log(product);
    }

    private static double log(double value) {
        return Math.max(LEAST, Math.log(value));
    }
}
