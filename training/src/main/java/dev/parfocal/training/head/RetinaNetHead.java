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
 * RetinaNet's head: two towers of 3×3 convolutions, shared by the levels, for classes and deltas of the anchors at each
 * pixel. Lin et al., arXiv 1708.02002. Named as torchvision's.
 */
public final class RetinaNetHead implements DenseHead {
    private static final Initializer SMALL = new Initializer(Initializer.Kind.NORMAL, 0.01);

    private final int classes;
    private final Block classTower;
    private final Block boxTower;
    private final Block logits;
    private final Block deltas;

    /**
     * The measures of a head.
     *
     * @param width channels of every level
     * @param tower 3×3 convolutions in each tower, at least 0
     * @param norm behind each of them: {@link Norm.None} as in the paper, {@link Norm.Group} in torchvision's second version
     * @param anchors of a pixel, at least 1
     */
    public record Measures(int width, int tower, Norm norm, int anchors) {}

    /**
     * A head.
     *
     * @param prefix what all names begin with, such as {@code head.}
     * @param classes at least 1
     * @param prior the probability that every class starts with, in (0, 1)
     */
    public RetinaNetHead(Layers layers, String prefix, Measures measures, int classes, double prior) {
        this.classes = classes;
        String classification = prefix + "classification_head.";
        String regression = prefix + "regression_head.";
        int width = measures.width;
        classTower = tower(layers, classification, measures);
        logits = Conv.biased(
                layers,
                classification + "cls_logits",
                width,
                measures.anchors * classes,
                3,
                SMALL,
                DenseHead.bias(prior));
        boxTower = tower(layers, regression, measures);
        deltas = Conv.biased(layers, regression + "bbox_reg", width, 4 * measures.anchors, 3, SMALL, 0);
    }

    private static Block tower(Layers layers, String prefix, Measures measures) {
        ConvNorm convolutions = new ConvNorm(layers, measures.norm, SMALL);
        Block tower = x -> x;
        for (int i = 0; i < measures.tower; i++) {
            tower = tower.then(convolutions.sequence(prefix + "conv." + i, measures.width, measures.width, 3, 1))
                    .then(Activation.RELU);
        }
        return tower;
    }

    /** Boxes are deltas {@code [batch, priors, 4]}. */
    @Override
    public Rows forward(List<Tensor> levels) {
        List<Tensor> classTowers = levels.stream().map(classTower::forward).toList();
        List<Tensor> boxTowers = levels.stream().map(boxTower::forward).toList();
        return new Rows(
                DenseHead.rows(classTowers.stream().map(logits::forward).toList(), classes),
                DenseHead.rows(boxTowers.stream().map(deltas::forward).toList(), 4),
                Map.of(),
                classTowers,
                boxTowers);
    }
}
