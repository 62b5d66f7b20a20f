package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/**
 * CAGrad: of all directions near the mean gradient the one whose worst loss falls fastest; Liu, Liu, Jin, Stone and Liu,
 * Conflict-Averse Gradient Descent, NeurIPS 2021, arXiv 2110.14048.
 *
 * <p>With the mean g0 of the gradients it is {@code d = g0 + c * |g0| / |gw| * gw}, where gw is the mixture of gradients
 * that minimises {@code gw . g0 + c * |g0| * |gw|} (section 3.2). With c = 0 it is the mean.
 */
public final class ConflictAverse implements Balancer {

    private final int losses;
    private final double c;
    private final Limits limits;

    /**
     * CAGrad for a number of losses.
     *
     * @param c how far from the mean, as a share of its length, in [0, 1)
     * @param limits of each gradient's factor in the sum, for factors of 1 on average over the losses: n times those of the
     *     direction d
     */
    public ConflictAverse(int losses, double c, Limits limits) {
        if (!(c >= 0 && c < 1)) {
            throw new ParfocalException("c of CAGrad must be in [0, 1), but is " + c);
        }
        this.losses = losses;
        this.c = c;
        this.limits = limits;
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public double[] weights() {
        double[] ones = new double[losses];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Factors of the direction d: with c = 0 those of the mean, 1 / losses each. */
    @Override
    public double[] combine(Gram gram, long draw) {
        int n = gram.size();
        double[] factors = new double[n];
        Arrays.fill(factors, 1.0 / n);
        double reach = c * gram.norm(factors);
        if (reach > 0) {
            double[] mixture = new WorstMixture(gram, reach).solve();
            double length = gram.norm(mixture);
            for (int i = 0; i < n; i++) {
                factors[i] += length > 0 ? reach / length * mixture[i] : 0;
            }
        }
        for (int i = 0; i < n; i++) {
            factors[i] = limits.clip(n * factors[i]) / n;
        }
        return factors;
    }
}
