package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;

/** Layers of a transformer: attention and a network on each token, each added to what came in; Vaswani et al., arXiv 1706.03762. */
public final class Transformer {
    private static final String ATTENTION = ".self_attn";
    private static final String ATTENTION_NORM = ".self_attn_layer_norm";
    private static final String LAST_NORM = ".final_layer_norm";

    private Transformer() {}

    /**
     * The measures of an encoder's layer.
     *
     * @param width channels of a token, a multiple of {@code heads}
     * @param heads of attention
     * @param feedForward channels between the two linear layers on each token
     */
    public record Measures(int width, int heads, int feedForward) {}

    /** A layer between the tokens of a sequence. */
    @FunctionalInterface
    public interface EncoderLayer {
        /** Runs it on {@code [batch, tokens, width]} with the embedding {@code [1, tokens, width]} of positions. */
        Tensor forward(Tensor tokens, Tensor positions);
    }

    /** A layer that normalises each sum, as in the paper. */
    public static EncoderLayer normalizedAfter(Layers layers, String name, Measures measures) {
        int width = measures.width;
        SelfAttention attention = new SelfAttention(layers, name + ATTENTION, width, measures.heads);
        Block normalization = new Tokens(layers).normalization(name + ATTENTION_NORM, width);
        Block feedForward = feedForward(layers, name, width, measures.feedForward, Tensor::gelu);
        return (x, positions) ->
                feedForward.forward(normalization.forward(x.plus(attention.forward(x, positions, null))));
    }

    /**
     * A layer that normalises what each part reads, and leaves the sums alone; Xiong et al., arXiv 2002.04745. Both parts give 0
     * at first, so the layer changes nothing where it joins a network that has learnt without it.
     */
    public static EncoderLayer normalizedBefore(Layers layers, String name, Measures measures) {
        int width = measures.width;
        Tokens tokens = new Tokens(layers);
        Block first = tokens.normalization(name + ATTENTION_NORM, width);
        SelfAttention attention = SelfAttention.silentAtFirst(layers, name + ATTENTION, width, measures.heads);
        Block feedForward = tokens.normalization(name + LAST_NORM, width)
                .then(tokens.linear(name + ".mlp.fc1", width, measures.feedForward, Initializer.XAVIER, 0))
                .then(Tensor::gelu)
                .then(tokens.constantAtFirst(name + ".mlp.fc2", measures.feedForward, new float[width]));
        return (x, positions) -> {
            Tensor y = x.plus(attention.forward(first.forward(x), positions, null));
            return y.plus(feedForward.forward(y));
        };
    }

    /** Two linear layers with an activation between them, on each token; their output is added to the input and normalised. */
    public static Block feedForward(Layers layers, String name, int width, int hidden, Block activation) {
        Tokens tokens = new Tokens(layers);
        Block twoLayers = tokens.linear(name + ".mlp.fc1", width, hidden, Initializer.XAVIER, 0)
                .then(activation)
                .then(tokens.linear(name + ".mlp.fc2", hidden, width, Initializer.XAVIER, 0));
        Block normalization = tokens.normalization(name + LAST_NORM, width);
        return x -> normalization.forward(x.plus(twoLayers.forward(x)));
    }
}
