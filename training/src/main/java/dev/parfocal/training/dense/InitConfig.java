package dev.parfocal.training.dense;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Initializer;

/**
 * How the weights of each part of a detector start.
 *
 * @param backbone kernels of the backbone
 * @param residual scale that the last normalisation of each residual branch starts with, in [0, 1]: with 0 every stage
 *     starts as its shortcut (Goyal et al., arXiv 1706.02677)
 * @param neck kernels of the feature pyramid
 * @param towers kernels of the head's towers
 * @param outputs kernels of the layers that make the outputs; the bias of the classes follows from the loss's prior
 */
public record InitConfig(
        Initializer backbone, double residual, Initializer neck, Initializer towers, Initializer outputs) {

    /** He et al. where a non-linearity follows, small numbers for the outputs, so that the biases decide at first. */
    public static final InitConfig DEFAULT = new InitConfig(
            Initializer.HE, 1, Initializer.HE, Initializer.HE, new Initializer(Initializer.Kind.NORMAL, 0.01));

    /** Checks the range. */
    public InitConfig {
        if (!(residual >= 0 && residual <= 1)) {
            throw new ParfocalException("model.init.residual must be in [0, 1], but is " + residual);
        }
    }
}
