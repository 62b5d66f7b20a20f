package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Weights;

/**
 * Keeps gradients within bounds, in this order: every element by {@code clipValue}, every unit by {@code clipRatio} of its
 * weights' norm, all together by {@code clipNorm}. So the last bound holds for certain, and one wild element does not
 * shrink its whole layer.
 */
public final class Clipping {
    private final OptimizerConfig config;
    private final AdaptiveClip adaptive;

    /** The bounds of a configuration for a model's gradients. */
    public Clipping(OptimizerConfig config, Weights weights) {
        this.config = config;
        adaptive = new AdaptiveClip(weights, config.clipRatio(), config.clipFloor());
    }

    /**
     * The Euclidean norm of all gradients.
     *
     * @param before clipping; not finite if a gradient is not
     * @param after clipping
     */
    public record Norms(double before, double after) {}

    /** Clips a model's gradients in place. */
    public Norms clip(Weights weights) {
        double before = weights.gradients().norm();
        double now = before;
        if (config.clipValue() > 0) {
            weights.gradients().clamp(config.clipValue());
        }
        if (config.clipRatio() > 0) {
            adaptive.clip(weights);
        }
        if (config.clipValue() > 0 || config.clipRatio() > 0) {
            now = weights.gradients().norm();
        }
        if (config.clipNorm() > 0 && now > config.clipNorm()) {
            weights.gradients().scale(config.clipNorm() / now);
            now = config.clipNorm();
        }
        return new Norms(before, now);
    }
}
