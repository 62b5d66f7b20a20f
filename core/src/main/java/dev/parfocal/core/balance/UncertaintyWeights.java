package dev.parfocal.core.balance;

import java.util.Map;

/**
 * Weights learnt from each loss's own noise; Kendall, Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh
 * Losses, CVPR 2018, arXiv 1705.07115.
 *
 * <p>Each loss L has a number s = log sigma^2, and what is descended is the sum of {@code exp(-s) * L + s}: the paper's
 * equation 10 times 2. Its lowest point is s = log of the mean of L, so a loss of squared errors finds their variance. The
 * numbers s start at 0, where every loss counts once, and follow their gradient {@code 1 - exp(-s) * L} by Adam.
 */
public final class UncertaintyWeights implements Balancer {

    private final Limits limits;
    private final Learnt logVariance;

    /**
     * Weights of 1.
     *
     * @param losses how many
     * @param rate of Adam on s, above 0
     */
    public UncertaintyWeights(int losses, double rate, Limits limits) {
        this.limits = limits;
        logVariance = new Learnt(losses, rate);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    /** The numbers s = log sigma^2, {@code [losses]}. */
    public double[] logVariances() {
        return logVariance.values().clone();
    }

    @Override
    public double[] weights() {
        double[] s = logVariance.values();
        double[] weights = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            weights[i] = limits.clip(Math.exp(-s[i]));
        }
        return weights;
    }

    /** What the numbers s add to the sum that is descended. */
    public double penalty() {
        double sum = 0;
        for (double s : logVariance.values()) {
            sum += s;
        }
        return sum;
    }

    @Override
    public void update(double[] losses, Gram gram) {
        double[] s = logVariance.values();
        double[] gradient = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            gradient[i] = Double.isFinite(losses[i]) ? 1 - Math.exp(-s[i]) * losses[i] : 0;
        }
        logVariance.step(gradient);
        for (int i = 0; i < s.length; i++) {
            s[i] = Math.max(-Math.log(limits.ceiling()), Math.min(-Math.log(limits.floor()), s[i]));
        }
    }

    @Override
    public Map<String, double[]> state() {
        return logVariance.state();
    }

    @Override
    public void restore(Map<String, double[]> state) {
        logVariance.restore(state);
    }
}
