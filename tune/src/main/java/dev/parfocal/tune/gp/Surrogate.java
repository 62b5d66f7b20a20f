package dev.parfocal.tune.gp;

import dev.parfocal.tune.pareto.Scores;
import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.stat.StatUtils;

/**
 * A Gaussian process over a study's space: what is believed of the cost everywhere, from the trials so far.
 *
 * @param process over the unit cube, of standardised costs
 * @param mean of the costs
 * @param deviation of the costs
 * @param best the lowest believed cost of an observed place, standardised
 */
public record Surrogate(Space space, GaussianProcess process, double mean, double deviation, double best) {

    /**
     * Learns from a history.
     *
     * @param weights of the metrics
     * @return empty if there is nothing to learn: all trials that ended cost the same, or none did
     */
    public static Optional<Surrogate> of(History history, double[] weights) {
        List<Trial> ended = history.ended();
        double[] costs = Scores.of(history, ended, weights);
        if (Arrays.stream(costs).distinct().count() < 2) {
            return Optional.empty();
        }
        Space space = history.space();
        double mean = StatUtils.mean(costs);
        double deviation = Math.sqrt(StatUtils.variance(costs));
        double[] values =
                Arrays.stream(costs).map(cost -> (cost - mean) / deviation).toArray();
        double[][] places =
                ended.stream().map(trial -> space.toUnit(trial.point())).toArray(double[][]::new);
        GaussianProcess process = new Fit(places, values, unordered(space)).process();
        double best = Arrays.stream(places).mapToDouble(process::mean).min().orElse(0);
        return Optional.of(new Surrogate(space, withRunning(history, process), mean, deviation, best));
    }

    private static boolean[] unordered(Space space) {
        boolean[] unordered = new boolean[space.variables().size()];
        for (int i = 0; i < unordered.length; i++) {
            unordered[i] = space.variables().get(i).domain() instanceof Choice;
        }
        return unordered;
    }

    /** Trials under way are believed to end as expected (Ginsbourger et al. 2010, the kriging believer). */
    private static GaussianProcess withRunning(History history, GaussianProcess process) {
        GaussianProcess believed = process;
        for (Trial trial : history.in(State.RUNNING).toList()) {
            double[] place = history.space().toUnit(trial.point());
            believed = believed.with(place, believed.mean(place));
        }
        return believed;
    }

    /** The logarithm of the improvement that is expected at a place. */
    double improvement(double[] place) {
        return Improvement.log(process.posterior(place), best);
    }

    /** The expected cost at a place of the unit cube. */
    public double cost(double[] place) {
        return mean + deviation * process.mean(space.toUnit(space.fromUnit(place)));
    }
}
