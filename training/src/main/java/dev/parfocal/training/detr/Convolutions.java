package dev.parfocal.training.detr;

import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;

/**
 * Convolutions without bias and the normalisations behind them, as the reference names them in one of its parts.
 *
 * @param blocks makes them
 * @param convolution what a convolution is called behind its layer's name
 * @param normalization likewise
 */
record Convolutions(ConvNorm blocks, String convolution, String normalization) {

    /** Layers of the encoder. */
    static Convolutions ofEncoder(Layers layers) {
        return new Convolutions(of(layers, Norm.Batch.PYTORCH), ".conv", ".norm");
    }

    /** Layers of the backbone. */
    static Convolutions ofBackbone(Layers layers, Norm norm) {
        return new Convolutions(of(layers, norm), ".convolution", ".normalization");
    }

    /** Projections before and after the encoder. */
    static Convolutions ofProjections(Layers layers) {
        return new Convolutions(of(layers, Norm.Batch.PYTORCH), ".0", ".1");
    }

    private static ConvNorm of(Layers layers, Norm norm) {
        return new ConvNorm(layers, norm, Initializer.HE);
    }

    /** {@code [batch, in, h, w] -> [batch, out, ceil(h / stride), ceil(w / stride)]}. */
    Block block(String name, int in, int out, int kernel, int stride) {
        return blocks.block(name + convolution, name + normalization, in, out, kernel, stride);
    }
}
