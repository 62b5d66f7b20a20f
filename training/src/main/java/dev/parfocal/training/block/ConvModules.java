package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;

/**
 * Makes convolutions with their normalisation and non-linearity, named {@code name.conv} and {@code name.bn} as in NanoDet
 * and YOLOX.
 */
public record ConvModules(ConvNorm convolutions, Activation activation) {
    /** A square convolution with "same" padding, its normalisation and non-linearity. */
    public Block block(String name, int in, int out, int kernel, int stride) {
        return convolutions
                .block(name + ".conv", name + ".bn", in, out, kernel, stride)
                .then(activation);
    }
}
