package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;

/**
 * How the convolutions of one part of a detector are built: each with its normalisation, or with a bias where there is
 * none. The convolution and the normalisation carry names of their own, since references name them in different ways.
 *
 * @param layers where weights are declared
 * @param norm what stands behind each convolution
 * @param initializer how its kernel starts
 */
public record ConvNorm(Layers layers, Norm norm, Initializer initializer) {
    /**
     * A square convolution with "same" padding and its normalisation, without a non-linearity.
     *
     * @param conv name of the convolution: its kernel is {@code conv.weight}, its bias {@code conv.bias}
     * @param normName name of the normalisation
     * @param stride 1, or for kernels above 1 any
     */
    public Block block(String conv, String normName, int in, int out, int kernel, int stride) {
        return block(conv, normName, in, out, kernel, stride, 1);
    }

    /** The same with a normalisation whose scale is {@code start} at first. */
    public Block block(String conv, String normName, int in, int out, int kernel, int stride, double start) {
        if (norm.needsBias()) {
            return Conv.biased(layers, conv, in, out, kernel, stride, initializer, 0);
        }
        return Conv.plain(layers, conv, in, out, kernel, stride, initializer)
                .then(norm.block(layers, normName, out, start, Norm.Names.PYTORCH));
    }

    /** A block {@code name.0} with {@code name.1}, as torchvision's {@code Conv2dNormActivation} is named. */
    public Block sequence(String name, int in, int out, int kernel, int stride) {
        return block(name + ".0", name + ".1", in, out, kernel, stride);
    }
}
