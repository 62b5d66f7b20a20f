package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import org.jspecify.annotations.Nullable;

/**
 * An exponential moving average of a model's weights and running statistics, which is steadier than the weights
 * themselves; Polyak and Juditsky, 1992. The decay grows with the steps up to its limit, so that the first weights are
 * forgotten soon: {@code min(decay, (1 + step) / (10 + step))}.
 */
public final class WeightAverage {
    private final double decay;
    private final Tensor trained;
    private final Tensor statistics;

    /**
     * An average that starts as a copy of {@code weights}.
     *
     * @param decay in (0, 1); null: it is the weights themselves
     */
    public WeightAverage(Weights weights, @Nullable Double decay) {
        this.decay = decay == null ? 0 : decay;
        trained = Tensor.zeros(weights.parameters());
        statistics = Tensor.zeros(weights.statistics().elements());
        trained.copyFrom(weights.trained());
        statistics.copyFrom(weights.statistics());
    }

    /**
     * Moves the average towards the weights.
     *
     * @param step from 1
     */
    public void update(Weights weights, long step) {
        double weight = 1 - decayAt(step);
        trained.lerp(weights.trained(), weight);
        statistics.lerp(weights.statistics(), weight);
    }

    double decayAt(long step) {
        return Math.min(decay, (1.0 + step) / (10.0 + step));
    }

    /** The averaged weights, in the order of {@link Weights#trained()}. */
    public Tensor trained() {
        return trained;
    }

    /** The averaged statistics, in the order of {@link Weights#statistics()}. */
    public Tensor statistics() {
        return statistics;
    }
}
