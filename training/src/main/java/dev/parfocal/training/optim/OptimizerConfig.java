package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;

/**
 * How weights follow their gradients.
 *
 * @param kind the rule
 * @param learningRate the highest learning rate of the schedule
 * @param momentum of SGD, and the first beta of AdamW
 * @param weightDecay on kernels of convolutions
 * @param clipNorm gradients whose Euclidean norm is larger are scaled down to it; 0: never
 */
public record OptimizerConfig(Kind kind, double learningRate, double momentum, double weightDecay, double clipNorm) {
    /** The rules there are. */
    public enum Kind {
        /** Adam with decoupled weight decay; Loshchilov and Hutter, arXiv 1711.05101. */
        ADAMW,
        /** Stochastic gradient descent with Nesterov momentum. */
        SGD
    }

    /** AdamW at 2e-3. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(Kind.ADAMW, 2e-3, 0.9, 0.01, 10);

    /** Checks the ranges. */
    public OptimizerConfig {
        if (!(learningRate > 0) || !(momentum >= 0 && momentum < 1) || !(weightDecay >= 0) || !(clipNorm >= 0)) {
            throw new ParfocalException("optimizer: learningRate must be above 0 (is " + learningRate
                    + "), momentum in [0, 1) (is " + momentum + "), weightDecay and clipNorm at least 0 (are "
                    + weightDecay + ", " + clipNorm + ")");
        }
    }
}
