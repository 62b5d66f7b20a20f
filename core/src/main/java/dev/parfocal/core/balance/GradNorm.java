package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights learnt so that the gradients of the losses have comparable norms; Chen, Badrinarayanan, Lee and Rabinovich,
 * GradNorm, ICML 2018, arXiv 1711.02257.
 *
 * <p>With G the norm of a weighted loss's gradient at the shared layer, and r its loss as a share of its first value,
 * divided by the mean of these shares, what is descended is the sum of {@code |G - mean(G) * r^alpha| / mean(G)} by the
 * weights, with the means and rates as constants: a loss that is behind gets more. The division keeps the pace of learning
 * the same while gradients shrink in the course of training. The weights sum to their number. They are learnt as logarithms, by Adam, which keeps them
 * above 0.
 */
public final class GradNorm implements Balancer {

    private static final double BOUND = 50;
    private static final int BISECTIONS = 60;

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
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(logWeight.values()[i]);
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
            double share = mean > 0 ? gram.norm(i) / mean : 0;
            gradient[i] = Math.signum(share - Math.pow(rates[i], alpha)) * share;
        }
        logWeight.step(gradient);
        scale();
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

    /** Scales the weights so that within the limits they sum to their number, if the limits allow it. */
    private void scale() {
        double[] weights = weights();
        double low = -BOUND;
        double high = BOUND;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (sum(weights, Math.exp(middle)) < weights.length) {
                low = middle;
            } else {
                high = middle;
            }
        }
        for (int i = 0; i < weights.length; i++) {
            logWeight.values()[i] = Math.log(limits.clip(weights[i] * Math.exp((low + high) / 2)));
        }
    }

    private double sum(double[] weights, double factor) {
        double sum = 0;
        for (double weight : weights) {
            sum += limits.clip(weight * factor);
        }
        return sum;
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
