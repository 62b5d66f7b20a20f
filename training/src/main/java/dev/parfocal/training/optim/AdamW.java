package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import java.util.Map;

/**
 * Adam with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101. With m and v the running means of the
 * gradient and its square, {@code w -= rate · (m / (1 - beta1^step)) / (sqrt(v / (1 - beta2^step)) + epsilon)}.
 */
final class AdamW implements Optimizer {
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final OptimizerConfig config;
    private final Tensor mean;
    private final Tensor square;

    AdamW(OptimizerConfig config, Weights weights) {
        this.config = config;
        mean = Tensor.zeros(weights.parameters());
        square = Tensor.zeros(weights.parameters());
    }

    @Override
    public void step(Weights weights, double learningRate, long step) {
        Tensor gradients = weights.gradients();
        weights.decayedPart().scale(1 - learningRate * config.weightDecay());
        mean.lerp(gradients, 1 - config.momentum());
        square.scale(BETA2);
        square.addProduct(gradients, gradients, 1 - BETA2);
        Tensor deviation = square.sqrt();
        deviation.scale(1 / Math.sqrt(1 - Math.pow(BETA2, step)));
        deviation.shift(EPSILON);
        double rate = learningRate / (1 - Math.pow(config.momentum(), step));
        weights.trained().addQuotient(mean, deviation, -rate);
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimizer.mean", mean, "optimizer.square", square);
    }
}
