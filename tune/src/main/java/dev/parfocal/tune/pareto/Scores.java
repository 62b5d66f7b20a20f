package dev.parfocal.tune.pareto;

import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.util.Arrays;
import java.util.List;

/**
 * One cost for each ended trial, for methods that know only one. A trial that was given up costs what it last reported, a
 * failed one as much as the worst: both tell where not to look.
 *
 * <p>Several metrics become one by augmented Chebyshev distance with weights that change from trial to trial (Knowles:
 * ParEGO, IEEE Transactions on Evolutionary Computation 2006, eq. 2).
 */
public final class Scores {
    private static final double AUGMENTATION = 0.05;

    private Scores() {}

    /** The costs of ended trials, in their order; empty if none of them has any value. */
    public static double[] of(History history, List<Trial> ended, double[] weights) {
        List<double[]> costs =
                ended.stream().map(trial -> costs(history, trial)).toList();
        int metrics = history.metrics().size();
        double[] low = new double[metrics];
        double[] high = new double[metrics];
        for (int m = 0; m < metrics; m++) {
            int metric = m;
            double[] known = costs.stream()
                    .mapToDouble(each -> each[metric])
                    .filter(Double::isFinite)
                    .toArray();
            if (known.length == 0) {
                return new double[0];
            }
            low[m] = Arrays.stream(known).min().orElse(0);
            high[m] = Arrays.stream(known).max().orElse(0);
        }
        return costs.stream().mapToDouble(each -> one(each, low, high, weights)).toArray();
    }

    private static double[] costs(History history, Trial trial) {
        if (trial.state() == State.COMPLETE) {
            return history.costs(trial);
        }
        double[] unknown = new double[history.metrics().size()];
        Arrays.fill(unknown, Double.NaN);
        Metric first = history.metrics().get(0);
        if (trial.state() == State.PRUNED) {
            unknown[0] = first.cost(trial.lastReport().orElse(Double.NaN));
        }
        return unknown;
    }

    private static double one(double[] costs, double[] low, double[] high, double[] weights) {
        if (costs.length == 1) {
            return Double.isNaN(costs[0]) ? high[0] : costs[0];
        }
        double largest = 0;
        double sum = 0;
        for (int m = 0; m < costs.length; m++) {
            double share = Double.isNaN(costs[m]) ? 1 : high[m] > low[m] ? (costs[m] - low[m]) / (high[m] - low[m]) : 0;
            largest = Math.max(largest, weights[m] * share);
            sum += weights[m] * share;
        }
        return largest + AUGMENTATION * sum;
    }
}
