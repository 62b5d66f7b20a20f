package dev.parfocal.training.roi;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import dev.parfocal.training.head.DenseHead;

/**
 * Says of each region what it is and where its box is for each class: two linear layers, then one for classes and one for
 * boxes; Ren et al., Faster R-CNN, arXiv 1506.01497, in the form of FPN. Layers are named as torchvision names them.
 */
final class RoiHead {
    private static final Initializer HE = Initializer.HE;

    private final Block features;
    private final Block classes;
    private final Block boxes;
    private final int in;

    /**
     * A head.
     *
     * @param in numbers of a region: channels · size · size
     * @param hidden numbers between the layers
     * @param columns classes, the background among them
     * @param prior the probability that a class starts with, by its logit alone
     */
    RoiHead(Layers layers, String name, int in, int hidden, int columns, double prior) {
        this.in = in;
        Tokens tokens = new Tokens(layers);
        features = tokens.linear(name + ".box_head.fc6", in, hidden, HE, 0)
                .then(Tensor::relu)
                .then(tokens.linear(name + ".box_head.fc7", hidden, hidden, HE, 0))
                .then(Tensor::relu);
        Initializer small = new Initializer(Initializer.Kind.NORMAL, 0.01);
        Initializer smaller = new Initializer(Initializer.Kind.NORMAL, 0.001);
        classes = tokens.linear(name + ".box_predictor.cls_score", hidden, columns, small, DenseHead.bias(prior));
        boxes = tokens.linear(name + ".box_predictor.bbox_pred", hidden, 4 * columns, smaller, 0);
    }

    /**
     * What a head says.
     *
     * @param logits {@code [regions, classes]}, the background first
     * @param boxes {@code [regions, 4 · classes]} deltas
     */
    record Said(Tensor logits, Tensor boxes) {}

    /** Of regions {@code [regions, channels, size, size]}. */
    Said forward(Tensor regions) {
        Tensor hidden = features.forward(regions.reshape(regions.size(0), in));
        return new Said(classes.forward(hidden), boxes.forward(hidden));
    }
}
