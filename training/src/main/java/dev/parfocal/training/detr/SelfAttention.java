package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import org.jspecify.annotations.Nullable;

/** Attention with several heads between the tokens of a sequence; positions count for queries and keys, not for values. */
final class SelfAttention {
    private final Block queries;
    private final Block keys;
    private final Block values;
    private final Block output;
    private final int heads;

    SelfAttention(Layers layers, String name, int width, int heads) {
        queries = projection(layers, name + ".q_proj", width);
        keys = projection(layers, name + ".k_proj", width);
        values = projection(layers, name + ".v_proj", width);
        output = projection(layers, name + ".o_proj", width);
        this.heads = heads;
    }

    private static Block projection(Layers layers, String name, int width) {
        return new Tokens(layers).linear(name, width, width, Perceptron.XAVIER, 0);
    }

    /**
     * What every token takes from the others.
     *
     * @param tokens {@code [batch, tokens, width]}
     * @param positions their positions' embedding in the same shape, or {@code [1, tokens, width]}
     * @param mask {@code [tokens, tokens]}: -∞ where the row's token is not to see the column's; null: all see all
     */
    Tensor forward(Tensor tokens, Tensor positions, @Nullable Tensor mask) {
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
