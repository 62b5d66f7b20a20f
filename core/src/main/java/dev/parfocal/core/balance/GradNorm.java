package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights learnt so that the gradients of the losses have comparable norms; Chen, Badrinarayanan, Lee and Rabinovich,
 * GradNorm, ICML 2018, arXiv 1711.02257.
 *
 * <p>With G the norm of a weighted loss's gradient at the shared layer, and r its loss as a share of its first value,
 * divided by the mean of these shares, what is descended is the sum of {@code |G - mean(G) * r^alpha|} by the weights: a
 * loss that is behind gets more. The weights sum to their number. They are learnt as logarithms, by Adam, which keeps them
 * above 0.
 */
public final class GradNorm implements Balancer {

    private final double alpha;
    private final Limits limits;
    private final Learnt logWeight;
    private final double[] first;

    /**
     * Weights of 1.
     *
     * @param losses how many
     * @param alpha how strongly a loss that is behind is pulled, at least 0; 0: equal norms
     * @param rate of Adam on the logarithms of the weights, above 0
     */
    public GradNorm(int losses, double alpha, double rate, Limits limits) {
        if (!(alpha >= 0) || alpha == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("alpha of GradNorm must be at least 0, but is " + alpha);
        }
        this.alpha = alpha;
        this.limits = limits;
        logWeight = new Learnt(losses, rate);
        first = new double[losses];
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public double[] weights() {
        double[] weights = new double[first.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(logWeight.values()[i]);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = limits.clip(weights[i] * weights.length / sum);
        }
        return weights;
    }

    @Override
    public void update(double[] losses, Gram gram) {
        if (!gram.isFinite()) {
            return;
        }
        double[] rates = rates(losses);
        double mean = 0;
        for (int i = 0; i < first.length; i++) {
            mean += gram.norm(i) / first.length;
        }
        double[] gradient = new double[first.length];
        for (int i = 0; i < gradient.length; i++) {
            // d|G - target| / d(log w) = sign(G - target) * G, for G is proportional to w.
            gradient[i] = Math.signum(gram.norm(i) - mean * Math.pow(rates[i], alpha)) * gram.norm(i);
        }
        logWeight.step(gradient);
        keepWithinLimits();
    }

    /** Each loss as a share of its first value, divided by the mean of these shares; 1 where there is no first value. */
    private double[] rates(double[] losses) {
        double[] shares = new double[first.length];
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            boolean known = losses[i] > 0 && Double.isFinite(losses[i]);
            if (known && first[i] == 0) {
                first[i] = losses[i];
            }
            shares[i] = known ? losses[i] / first[i] : 1;
            mean += shares[i] / shares.length;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= mean;
        }
        return shares;
    }

    /** The logarithms that the limited weights have, so that none wanders where it has no effect. */
    private void keepWithinLimits() {
        double[] weights = weights();
        for (int i = 0; i < weights.length; i++) {
            logWeight.values()[i] = Math.log(weights[i]);
        }
    }

    @Override
    public Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>(logWeight.state());
        state.put("first", first.clone());
        return state;
    }

    @Override
    public void restore(Map<String, double[]> state) {
        logWeight.restore(state);
        State.copy(state, "first", first);
    }
}
