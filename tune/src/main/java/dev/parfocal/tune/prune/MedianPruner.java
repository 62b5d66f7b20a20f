package dev.parfocal.tune.prune;

import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Trial;
import org.hipparchus.stat.descriptive.rank.Median;

/**
 * Gives a trial up whose best value so far is worse than the median of the others at the same step (Golovin et al.: Google
 * Vizier, KDD 2017, section 3.2.2).
 *
 * @param others how many others must have reached the step first
 * @param warmup steps at which nothing is given up
 */
public record MedianPruner(int others, int warmup) implements Pruner {
    /** Five others, no warm-up. */
    public static final MedianPruner DEFAULT = new MedianPruner(5, 0);

    @Override
    public boolean prunes(History history, Trial trial) {
        Metric metric = history.metrics().get(0);
        int step = trial.reports().lastKey();
        if (step <= warmup) {
            return false;
        }
        double[] theirs = history.trials().stream()
                .filter(other -> other.number() != trial.number())
                .filter(other -> other.reports().containsKey(step))
                .mapToDouble(other -> metric.cost(other.reportedAt(step)))
                .toArray();
        double best = trial.reports().values().stream()
                .mapToDouble(metric::cost)
                .min()
                .orElse(Double.NaN);
        return theirs.length >= others && best > new Median().evaluate(theirs);
    }
}
