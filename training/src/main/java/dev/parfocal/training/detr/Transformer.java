package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;

/** What layers of encoder and decoder have in common: each part's output is added to its input and normalised. */
final class Transformer {
    private Transformer() {}

    /** Two linear layers with an activation between them, on each token, with residual and normalisation. */
    static Block feedForward(Layers layers, String name, int width, int hidden, Block activation) {
        Tokens tokens = new Tokens(layers);
        Block twoLayers = tokens.linear(name + ".mlp.fc1", width, hidden, Perceptron.XAVIER, 0)
                .then(activation)
                .then(tokens.linear(name + ".mlp.fc2", hidden, width, Perceptron.XAVIER, 0));
        Block normalization = tokens.normalization(name + ".final_layer_norm", width);
        return x -> normalization.forward(x.plus(twoLayers.forward(x)));
    }

    /**
     * A layer in which the pixels of a map attend to each other (AIFI).
     *
     * @return takes and gives {@code [batch, pixels, width]}, given the positions of the pixels
     */
    static EncoderLayer encoderLayer(Layers layers, String name, RtDetrConfig.Encoder config) {
        SelfAttention attention = new SelfAttention(layers, name + ".self_attn", config.width(), config.heads());
        Block normalization = new Tokens(layers).normalization(name + ".self_attn_layer_norm", config.width());
        Block feedForward = feedForward(layers, name, config.width(), config.feedForward(), Tensor::gelu);
        return (x, positions) ->
                feedForward.forward(normalization.forward(x.plus(attention.forward(x, positions, null))));
    }

    /** A layer between the pixels of a map. */
    @FunctionalInterface
    interface EncoderLayer {
        /** Runs it on {@code [batch, pixels, width]} with the embedding {@code [1, pixels, width]} of positions. */
        Tensor forward(Tensor pixels, Tensor positions);
    }
}
