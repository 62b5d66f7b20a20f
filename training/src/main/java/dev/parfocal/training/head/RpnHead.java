package dev.parfocal.training.head;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The head of a region proposal network: whether an anchor holds an object, and its deltas. Ren et al., arXiv 1506.01497.
 * Named as torchvision's.
 */
public final class RpnHead implements DenseHead {
    private static final Initializer SMALL = new Initializer(Initializer.Kind.NORMAL, 0.01);

    private final Block shared;
    private final Block objectness;
    private final Block deltas;

    /**
     * A head.
     *
     * @param prefix what all names begin with, such as {@code rpn.head.}
     * @param width channels of every level
     * @param depth 3×3 convolutions before the outputs, at least 1
     * @param anchors of a pixel, at least 1
     * @param prior the probability of an object that every anchor starts with
     */
    public RpnHead(Layers layers, String prefix, int width, int depth, int anchors, double prior) {
        ConvNorm convolutions = new ConvNorm(layers, new Norm.None(), SMALL);
        Block tower = x -> x;
        for (int i = 0; i < depth; i++) {
            tower = tower.then(convolutions.sequence(prefix + "conv." + i, width, width, 3, 1))
                    .then(Activation.RELU);
        }
        shared = tower;
        objectness = Conv.biased(layers, prefix + "cls_logits", width, anchors, 1, SMALL, DenseHead.bias(prior));
        deltas = Conv.biased(layers, prefix + "bbox_pred", width, 4 * anchors, 1, SMALL, 0);
    }

    /** Logits are one for each anchor, {@code [batch, priors, 1]}; boxes are deltas {@code [batch, priors, 4]}. */
    @Override
    public Rows forward(List<Tensor> levels) {
        List<Tensor> towers = levels.stream().map(shared::forward).toList();
        return new Rows(
                DenseHead.rows(towers.stream().map(objectness::forward).toList(), 1),
                DenseHead.rows(towers.stream().map(deltas::forward).toList(), 4),
                Map.of(),
                towers);
    }
}
