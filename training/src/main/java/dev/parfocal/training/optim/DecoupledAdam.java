package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import java.util.Map;

/**
 * Adam with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101. With m and v the running means of the
 * gradient and its square, {@code w -= rate · (m / (1 - beta1^step)) / (sqrt(v / (1 - beta2^step)) + epsilon)}.
 */
final class DecoupledAdam implements Optimizer {
    private static final double EPSILON = 1e-8;

    private final OptimizerConfig.AdamW config;
    private final Tensor mean;
    private final Tensor square;

    DecoupledAdam(OptimizerConfig.AdamW config, Weights weights) {
        this.config = config;
        mean = Tensor.zeros(weights.parameters());
        square = Tensor.zeros(weights.parameters());
    }

    @Override
    public void step(Weights weights, Motion motion, double learningRate, long step) {
        Tensor gradients = weights.gradients();
        mean.lerp(gradients, 1 - config.beta1());
        square.scale(config.beta2());
        square.addProduct(gradients, gradients, 1 - config.beta2());
        Tensor deviation = square.sqrt();
        deviation.scale(1 / Math.sqrt(1 - Math.pow(config.beta2(), step)));
        deviation.shift(EPSILON);
        for (Motion.Span span : motion.spans()) {
            double rate = learningRate * span.rate();
            long decayed = Math.max(0, Math.min(span.length(), weights.decayed() - span.offset()));
            Tensor moved = weights.trained().narrow(0, span.offset(), span.length());
            moved.narrow(0, 0, decayed).scale(1 - rate * config.weightDecay());
            moved.addQuotient(
                    mean.narrow(0, span.offset(), span.length()),
                    deviation.narrow(0, span.offset(), span.length()),
                    -(rate / (1 - Math.pow(config.beta1(), step))));
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimizer.mean", mean, "optimizer.square", square);
    }
}
