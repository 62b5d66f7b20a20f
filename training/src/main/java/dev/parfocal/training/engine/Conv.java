package dev.parfocal.training.engine;

import java.util.function.Supplier;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A square convolution with "same" padding: {@code [n, in, h, w] -> [n, out, ceil(h/stride), ceil(w/stride)]}. */
public final class Conv implements Block {
    private final Layers layers;
    private final String name;
    private final Supplier<Tensor> weight;
    private final @Nullable Supplier<Tensor> bias;
    private final long[] stride;
    private final long[] padding;

    private Conv(
            Layers layers,
            String name,
            Supplier<Tensor> weight,
            @Nullable Supplier<Tensor> bias,
            int kernel,
            int stride) {
        if (kernel == 1 && stride > 1) {
            // oneDNN's backward pass of these reads beyond its memory for channels that are no multiple of 16.
            throw new IllegalArgumentException("no strided 1×1 convolutions: average or take every second pixel first");
        }
        this.layers = layers;
        this.name = name;
        this.weight = weight;
        this.bias = bias;
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {kernel / 2, kernel / 2};
    }

    /** Without bias, for use before a normalisation. */
    public static Conv plain(
            Layers layers, String name, int in, int out, int kernel, int stride, Initializer initializer) {
        return new Conv(
                layers,
                name,
                layers.kernel(name + ".weight", initializer, out, in, kernel, kernel),
                null,
                kernel,
                stride);
    }

    /** With a bias that starts at {@code bias}. */
    public static Conv biased(
            Layers layers, String name, int in, int out, int kernel, Initializer initializer, double bias) {
        return biased(layers, name, in, out, kernel, 1, initializer, bias);
    }

    /** With a stride and a bias that starts at {@code bias}. */
    public static Conv biased(
            Layers layers, String name, int in, int out, int kernel, int stride, Initializer initializer, double bias) {
        return new Conv(
                layers,
                name,
                layers.kernel(name + ".weight", initializer, out, in, kernel, kernel),
                layers.constant(name + ".bias", bias, out),
                kernel,
                stride);
    }

    @Override
    public Tensor forward(Tensor x) {
        TensorOptional b = bias == null ? new TensorOptional() : new TensorOptional(bias.get().raw);
        return layers.passed(
                name, new Tensor(torch.conv2d(x.raw, weight.get().raw, b, stride, padding, new long[] {1, 1}, 1)));
    }
}
