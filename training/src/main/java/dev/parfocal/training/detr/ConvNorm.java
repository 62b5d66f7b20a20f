package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Normalization;

/** A convolution without bias and the normalisation behind it, under the names that the reference gives the two. */
record ConvNorm(Layers layers, String convolution, String normalization, Normalization kind) {

    /** Layers of the encoder. */
    static ConvNorm ofEncoder(Layers layers) {
        return new ConvNorm(layers, ".conv", ".norm", Normalization.BATCH);
    }

    /** Layers of the backbone. */
    static ConvNorm ofBackbone(Layers layers, Normalization kind) {
        return new ConvNorm(layers, ".convolution", ".normalization", kind);
    }

    /** Two entries of a list of layers. */
    static ConvNorm ofList(Layers layers) {
        return new ConvNorm(layers, ".0", ".1", Normalization.BATCH);
    }

    /** {@code [batch, in, h, w] -> [batch, out, ceil(h / stride), ceil(w / stride)]}. */
    Block block(String name, int in, int out, int kernel, int stride) {
        return Conv.plain(layers, name + convolution, in, out, kernel, stride, Initializer.HE)
                .then(kind.block(layers, name + normalization, out));
    }
}
