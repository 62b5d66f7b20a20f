package dev.parfocal.training.engine;

import java.util.function.Supplier;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Layers that work on each token of a sequence {@code [batch, tokens, channels]}, and attention between them. A list
 * {@code [tokens, channels]} will do for all but attention. Weights are named as PyTorch's modules name them.
 */
public final class Tokens {
    private static final double EPSILON = 1e-5;

    private final Layers layers;

    /** Layers with weights among {@code layers}. */
    public Tokens(Layers layers) {
        this.layers = layers;
    }

    /** x · Wᵀ + b with W {@code [out, in]}; b starts at {@code bias}. */
    public Block linear(String name, int in, int out, Initializer initializer, double bias) {
        return linear(
                name,
                layers.kernel(name + ".weight", initializer, out, in),
                layers.constant(name + ".bias", bias, out));
    }

    /** The same with W 0 at first, so that its output starts at the given bias. */
    public Block constantAtFirst(String name, int in, float[] bias) {
        return linear(
                name,
                layers.zeroKernel(name + ".weight", bias.length, in),
                layers.values(name + ".bias", bias, bias.length));
    }

    private Block linear(String name, Supplier<Tensor> weight, Supplier<Tensor> bias) {
        return x -> layers.passed(
                name, new Tensor(torch.linear(x.raw, weight.get().raw, new TensorOptional(bias.get().raw))));
    }

    /** Normalisation over the channels of each token; Ba et al., arXiv 1607.06450. */
    public Block normalization(String name, int channels) {
        Supplier<Tensor> scale = layers.constant(name + ".weight", 1, channels);
        Supplier<Tensor> shift = layers.constant(name + ".bias", 0, channels);
        return x -> layers.passed(
                name,
                new Tensor(torch.layer_norm(
                        x.raw,
                        new long[] {channels},
                        new TensorOptional(scale.get().raw),
                        new TensorOptional(shift.get().raw),
                        EPSILON,
                        false)));
    }

    /** A learned vector for each of some entries: {@code [entries, channels]}. */
    public Supplier<Tensor> table(String name, int entries, int channels, Initializer initializer) {
        return layers.kernel(name + ".weight", initializer, entries, channels);
    }

    /**
     * Scaled dot-product attention; Vaswani et al., arXiv 1706.03762: for each query the mean of the values, weighted by
     * the softmax over q · k / √channels.
     *
     * @param queries {@code [batch, heads, queries, channels]}
     * @param keys {@code [batch, heads, keys, channels]}, as {@code values}
     * @param mask {@code [queries, keys]}, added before the softmax: -∞ where a query is not to see a key; null: it sees all
     * @return {@code [batch, heads, queries, channels]}
     */
    public static Tensor attention(Tensor queries, Tensor keys, Tensor values, @Nullable Tensor mask) {
        TensorOptional added = mask == null ? new TensorOptional() : new TensorOptional(mask.raw);
        return new Tensor(torch.scaled_dot_product_attention(
                queries.raw, keys.raw, values.raw, added, 0, false, new DoubleOptional(), false));
    }
}
