package dev.parfocal.tune.sampler;

import dev.parfocal.tune.gp.Explorer;
import dev.parfocal.tune.gp.Surrogate;
import dev.parfocal.tune.pareto.Ranking;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Suggestion;
import dev.parfocal.tune.study.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bayesian optimisation: a Gaussian process with Matérn 5/2 covariance learns from the trials, and the next point is where
 * it expects most improvement. Options, whole numbers and conditional variables take part. Several metrics are weighed anew
 * for each trial (ParEGO), which spreads the trials along their front.
 *
 * @param startup trials that are drawn at random first
 */
public record GpSampler(int startup) implements Sampler {
    /** Ten trials at random first. */
    public static final GpSampler DEFAULT = new GpSampler(10);

    private static final int KNOWN = 4;

    @Override
    public Suggestion suggest(History history, RandomGenerator random) {
        if (history.trials().size() < startup) {
            return new RandomSampler().suggest(history, random);
        }
        return Surrogate.of(history, weights(history, random))
                .map(surrogate -> new Suggestion(new Explorer(surrogate, random).best(known(history))))
                .orElseGet(() -> new RandomSampler().suggest(history, random));
    }

    /** A random point of the simplex. */
    private static double[] weights(History history, RandomGenerator random) {
        double[] weights = random.doubles(history.metrics().size())
                .map(u -> -Math.log(1 - u))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private static List<Point> known(History history) {
        List<Trial> ranked = Ranking.ranked(history, history.ended());
        return ranked.stream().limit(KNOWN).map(Trial::point).toList();
    }
}
