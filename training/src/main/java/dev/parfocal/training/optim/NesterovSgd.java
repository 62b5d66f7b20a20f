package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import java.util.Map;

/**
 * Stochastic gradient descent with Nesterov's momentum as PyTorch writes it: {@code b = momentum · b + g; w -= rate · (g +
 * momentum · b)}, where g includes the weight decay.
 */
final class NesterovSgd implements Optimizer {
    private final OptimizerConfig config;
    private final Tensor velocity;

    NesterovSgd(OptimizerConfig config, Weights weights) {
        this.config = config;
        velocity = Tensor.zeros(weights.parameters());
    }

    @Override
    public void step(Weights weights, double learningRate, long step) {
        Tensor gradients = weights.gradients();
        gradients.narrow(0, 0, weights.decayed()).add(weights.decayedPart(), config.weightDecay());
        velocity.scale(config.momentum());
        velocity.add(gradients, 1);
        weights.trained().add(gradients, -learningRate);
        weights.trained().add(velocity, -learningRate * config.momentum());
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimizer.velocity", velocity);
    }
}
