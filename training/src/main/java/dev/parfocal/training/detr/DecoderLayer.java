package dev.parfocal.training.detr;

import dev.parfocal.training.block.SelfAttention;
import dev.parfocal.training.block.Transformer;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import org.jspecify.annotations.Nullable;

/** A layer of the decoder: queries attend to each other, then to the pyramid, then each to itself. */
final class DecoderLayer {
    private final SelfAttention between;
    private final Block afterBetween;
    private final DeformableAttention across;
    private final Block afterAcross;
    private final Block feedForward;

    DecoderLayer(Layers layers, String name, RtDetrConfig.Decoder config, int levels) {
        Tokens tokens = new Tokens(layers);
        int width = config.width();
        between = new SelfAttention(layers, name + ".self_attn", width, config.heads());
        afterBetween = tokens.normalization(name + ".self_attn_layer_norm", width);
        across = new DeformableAttention(layers, name + ".encoder_attn", config, levels);
        afterAcross = tokens.normalization(name + ".encoder_attn_layer_norm", width);
        feedForward = Transformer.feedForward(layers, name, width, config.feedForward(), Tensor::relu);
    }

    /**
     * Queries after this layer, {@code [batch, queries, width]} as before it.
     *
     * @param positions the embedding of the boxes, in the same shape
     * @param boxes {@code [batch, queries, 4]} cx, cy, w, h as shares of the image
     * @param mask which queries do not see which; null: all see all
     */
    Tensor forward(Tensor queries, Tensor positions, Tensor boxes, Memory memory, @Nullable Tensor mask) {
        Tensor x = afterBetween.forward(queries.plus(between.forward(queries, positions, mask)));
        Tensor y = afterAcross.forward(x.plus(across.forward(x.plus(positions), boxes, memory)));
        return feedForward.forward(y);
    }
}
