package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import java.util.Map;

/**
 * Stochastic gradient descent with Nesterov's momentum as PyTorch writes it: {@code b = momentum · b + g; w -= rate · (g +
 * momentum · b)}, where g includes the weight decay.
 */
final class NesterovSgd implements Optimizer {
    private final OptimizerConfig.Sgd config;
    private final Tensor velocity;

    NesterovSgd(OptimizerConfig.Sgd config, Weights weights) {
        this.config = config;
        velocity = Tensor.zeros(weights.parameters());
    }

    @Override
    public void step(Weights weights, Motion motion, double learningRate, long step) {
        Tensor gradients = weights.gradients();
        gradients.narrow(0, 0, weights.decayed()).add(weights.decayedPart(), config.weightDecay());
        velocity.scale(config.momentum());
        velocity.add(gradients, 1);
        for (Motion.Span span : motion.spans()) {
            double rate = learningRate * span.rate();
            Tensor moved = weights.trained().narrow(0, span.offset(), span.length());
            moved.add(gradients.narrow(0, span.offset(), span.length()), -rate);
            moved.add(velocity.narrow(0, span.offset(), span.length()), -rate * config.momentum());
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimizer.velocity", velocity);
    }
}
