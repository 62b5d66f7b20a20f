package dev.parfocal.core.balance;

/** Weights that stay as they are. */
public final class FixedWeights implements Balancer {

    private final double[] weights;

    /** The given weights, {@code [losses]}, brought within the limits. */
    public FixedWeights(double[] weights, Limits limits) {
        this.weights = limits.clip(weights);
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }
}
