package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dynamic weight averaging: losses that fall slowly count more; Liu, Johns and Davison, End-to-End Multi-Task Learning with
 * Attention, CVPR 2019, arXiv 1803.10704.
 *
 * <p>With r a loss's mean over the last period divided by that over the period before, n losses have the weights
 * {@code n * exp(r / temperature) / sum of exp(r / temperature)}; ones in the first two periods.
 */
public final class DynamicAverage implements Balancer {

    private final int period;
    private final double temperature;
    private final Limits limits;
    private final double[] sum;
    private final double[] last;
    private final double[] before;
    /** Steps in the sums; full periods so far, 2 at most. */
    private final double[] counts = new double[2];

    /**
     * Weights of 1.
     *
     * @param losses how many
     * @param period steps whose losses are averaged, at least 1; the paper's is an epoch
     * @param temperature above 0; the larger, the more equal the weights. The paper's is 2
     */
    public DynamicAverage(int losses, int period, double temperature, Limits limits) {
        if (period < 1 || !(temperature > 0)) {
            throw new ParfocalException(
                    "dynamic weight averaging needs a period of at least 1 step and a temperature above" + " 0, not "
                            + period + " and " + temperature);
        }
        this.period = period;
        this.temperature = temperature;
        this.limits = limits;
        sum = new double[losses];
        last = new double[losses];
        before = new double[losses];
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public double[] weights() {
        double[] weights = new double[sum.length];
        if (counts[1] < 2) {
            Arrays.fill(weights, 1);
            return limits.clip(weights);
        }
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(rate(i) / temperature);
            total += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights.length / total;
        }
        return limits.clip(weights);
    }

    /** A loss that was 0 neither fell nor rose. */
    private double rate(int i) {
        return before[i] > 0 ? Math.min(last[i] / before[i], MAX_RATE) : 1;
    }

    /** Beyond it a loss has all the weight anyway. */
    private static final double MAX_RATE = 100;

    @Override
    public void update(double[] losses, Gram gram) {
        for (double loss : losses) {
            if (!Double.isFinite(loss)) {
                return;
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += losses[i];
        }
        if (++counts[0] < period) {
            return;
        }
        for (int i = 0; i < sum.length; i++) {
            before[i] = last[i];
            last[i] = sum[i] / period;
            sum[i] = 0;
        }
        counts[0] = 0;
        counts[1] = Math.min(2, counts[1] + 1);
    }

    @Override
    public Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>();
        state.put("sum", sum.clone());
        state.put("last", last.clone());
        state.put("before", before.clone());
        state.put("counts", counts.clone());
        return state;
    }

    @Override
    public void restore(Map<String, double[]> state) {
        State.copy(state, "sum", sum);
        State.copy(state, "last", last);
        State.copy(state, "before", before);
        State.copy(state, "counts", counts);
    }
}
