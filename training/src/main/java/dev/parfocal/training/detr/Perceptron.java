package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;

/** Linear layers with ReLU between them. */
final class Perceptron {
    private Perceptron() {}

    /** Two linear layers with one ReLU. */
    static Block ofTwo(Layers layers, String name, int in, int hidden, int out) {
        Tokens tokens = new Tokens(layers);
        return tokens.linear(name + ".layers.0", in, hidden, Initializer.XAVIER, 0)
                .then(Tensor::relu)
                .then(tokens.linear(name + ".layers.1", hidden, out, Initializer.XAVIER, 0));
    }

    /** Corrections of a box's four logits from {@code [batch, tokens, width]}; none at first. */
    static Block ofBoxes(Layers layers, String name, int width) {
        Tokens tokens = new Tokens(layers);
        return ofTwo(layers, name, width, width, width)
                .then(Tensor::relu)
                .then(tokens.constantAtFirst(name + ".layers.2", width, new float[4]));
    }
}
