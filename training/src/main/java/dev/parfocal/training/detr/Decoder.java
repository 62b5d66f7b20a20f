package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Layers of which each refines the boxes of the one before and says what is in them. */
final class Decoder {
    /** What boxes are kept from the borders of the image, as shares of it, when they are turned into logits. */
    static final double EPSILON = 1e-5;

    private final List<DecoderLayer> decoderLayers = new ArrayList<>();
    private final List<Block> classes = new ArrayList<>();
    private final List<Block> corrections = new ArrayList<>();
    private final Block positions;

    /**
     * A decoder.
     *
     * @param levels of the pyramid
     * @param classCount at least 1
     * @param biases the bias that the class logits of each layer start with
     */
    Decoder(Layers layers, String name, RtDetrConfig.Decoder config, int levels, int classCount, double[] biases) {
        int width = config.width();
        for (int i = 0; i < config.layers(); i++) {
            decoderLayers.add(new DecoderLayer(layers, name + ".layers." + i, config, levels));
            classes.add(new Tokens(layers)
                    .linear(name + ".class_embed." + i, width, classCount, Initializer.XAVIER, biases[i]));
            corrections.add(Perceptron.ofBoxes(layers, name + ".bbox_embed." + i, width));
        }
        positions = Perceptron.ofTwo(layers, name + ".query_pos_head", 4, 2 * width, width);
    }

    /**
     * What a layer says.
     *
     * @param content {@code [batch, queries, width]} what the others were computed from
     * @param logits {@code [batch, queries, classes]}
     * @param boxes {@code [batch, queries, 4]} logits of cx, cy, w, h
     */
    record Step(Tensor content, Tensor logits, Tensor boxes) {
        /** The same of some queries. */
        Step narrow(long start, long length) {
            return new Step(
                    content.narrow(1, start, length), logits.narrow(1, start, length), boxes.narrow(1, start, length));
        }
    }

    /** What each layer says of the queries. Gradients of a layer's boxes do not reach the layers before. */
    List<Step> forward(Queries queries, Memory memory) {
        List<Step> steps = new ArrayList<>();
        Tensor content = queries.content();
        Tensor boxes = queries.boxes().sigmoid();
        for (int i = 0; i < decoderLayers.size(); i++) {
            Tensor embedded = positions.forward(boxes);
            content = decoderLayers.get(i).forward(content, embedded, boxes, memory, queries.mask());
            Tensor refined = corrections.get(i).forward(content).plus(boxes.logit(EPSILON));
            steps.add(new Step(content, classes.get(i).forward(content), refined));
            boxes = refined.detach().sigmoid();
        }
        return steps;
    }
}
