package dev.parfocal.tune.prune;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Trial;

/**
 * Asynchronous successive halving, the form that stops (Li et al.: A System for Massively Parallel Hyperparameter Tuning,
 * MLSys 2020): at the rungs {@code first}, {@code first · factor}, {@code first · factor²}, … a trial goes on only if it is
 * among the best {@code 1/factor} of those that have reached the rung so far. It waits for nobody.
 *
 * @param first step of the lowest rung, at least 1
 * @param factor at least 2
 */
public record HalvingPruner(int first, int factor) implements Pruner {

    /** Checks the numbers. */
    public HalvingPruner {
        if (first < 1 || factor < 2) {
            throw new ParfocalException(
                    "successive halving needs a first rung of at least 1 and a factor of at least 2," + " not " + first
                            + " and " + factor);
        }
    }

    @Override
    public boolean prunes(History history, Trial trial) {
        int step = trial.reports().lastKey();
        if (!isRung(step)) {
            return false;
        }
        Metric metric = history.metrics().get(0);
        double own = metric.cost(trial.reportedAt(step));
        double[] reached = history.trials().stream()
                .filter(other -> other.reports().containsKey(step))
                .mapToDouble(other -> metric.cost(other.reportedAt(step)))
                .sorted()
                .toArray();
        return own > reached[Math.max(1, reached.length / factor) - 1];
    }

    private boolean isRung(int step) {
        long rung = first;
        while (rung < step) {
            rung *= factor;
        }
        return rung == step;
    }
}
