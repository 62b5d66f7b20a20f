package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import org.jspecify.annotations.Nullable;

/** Attention with several heads between the tokens of a sequence; positions count for queries and keys, not for values. */
public final class SelfAttention {
    private final Block queries;
    private final Block keys;
    private final Block values;
    private final Block output;
    private final int heads;

    /**
     * Attention.
     *
     * @param name what the names of its projections {@code q_proj}, {@code k_proj}, {@code v_proj}, {@code o_proj} stand behind
     * @param width channels of a token, a multiple of {@code heads}
     */
    public SelfAttention(Layers layers, String name, int width, int heads) {
        this(layers, name, width, heads, projection(layers, name + ".o_proj", width));
    }

    private SelfAttention(Layers layers, String name, int width, int heads, Block output) {
        queries = projection(layers, name + ".q_proj", width);
        keys = projection(layers, name + ".k_proj", width);
        values = projection(layers, name + ".v_proj", width);
        this.output = output;
        this.heads = heads;
    }

    /** Attention whose output is 0 at first. */
    static SelfAttention silentAtFirst(Layers layers, String name, int width, int heads) {
        Block output = new Tokens(layers).constantAtFirst(name + ".o_proj", width, new float[width]);
        return new SelfAttention(layers, name, width, heads, output);
    }

    private static Block projection(Layers layers, String name, int width) {
        return new Tokens(layers).linear(name, width, width, Initializer.XAVIER, 0);
    }

    /**
     * What every token takes from the others.
     *
     * @param tokens {@code [batch, tokens, width]}
     * @param positions their positions' embedding in the same shape, or {@code [1, tokens, width]}
     * @param mask {@code [tokens, tokens]}: -∞ where the row's token is not to see the column's; null: all see all
     */
    public Tensor forward(Tensor tokens, Tensor positions, @Nullable Tensor mask) {
        Tensor placed = tokens.plus(positions);
        Tensor seen = Tokens.attention(
                split(queries.forward(placed)), split(keys.forward(placed)), split(values.forward(tokens)), mask);
        return output.forward(seen.permute(0, 2, 1, 3).reshape(tokens.shape()));
    }

    /** {@code [batch, tokens, width] -> [batch, heads, tokens, width / heads]}. */
    private Tensor split(Tensor tokens) {
        return tokens.reshape(tokens.size(0), tokens.size(1), heads, tokens.size(2) / heads)
                .permute(0, 2, 1, 3);
    }
}
