package dev.parfocal.training.head;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;

/**
 * FCOS's head: two towers of 3×3 convolutions with group normalisation, shared by the levels; one for classes, one for
 * the distances to the sides and how central a pixel lies in its object. Tian et al., arXiv 1904.01355, with centre-ness
 * beside the boxes as in the authors' later version. Named as torchvision's.
 */
public final class FcosHead implements DenseHead {
    /** The branch of centre-ness logits. */
    public static final String CENTERNESS = "centerness";

    private static final Initializer SMALL = new Initializer(Initializer.Kind.NORMAL, 0.01);

    private final int classes;
    private final Block classTower;
    private final Block boxTower;
    private final Block logits;
    private final Block distances;
    private final Block centerness;

    /**
     * The measures of a head.
     *
     * @param width channels of every level
     * @param tower 3×3 convolutions in each tower, at least 0
     * @param norm behind each of them, in addition to their biases
     */
    public record Measures(int width, int tower, Norm norm) {}

    /**
     * A head.
     *
     * @param prefix what all names begin with, such as {@code head.}
     * @param classes at least 1
     * @param prior the probability that every class starts with, in (0, 1)
     */
    public FcosHead(Layers layers, String prefix, Measures measures, int classes, double prior) {
        this.classes = classes;
        String classification = prefix + "classification_head.";
        String regression = prefix + "regression_head.";
        int width = measures.width;
        classTower = tower(layers, classification, measures);
        logits = Conv.biased(layers, classification + "cls_logits", width, classes, 3, SMALL, DenseHead.bias(prior));
        boxTower = tower(layers, regression, measures);
        distances = Conv.biased(layers, regression + "bbox_reg", width, 4, 3, SMALL, 0);
        centerness = Conv.biased(layers, regression + "bbox_ctrness", width, 1, 3, SMALL, 0);
    }

    private static Block tower(Layers layers, String prefix, Measures measures) {
        Block tower = x -> x;
        for (int i = 0; i < measures.tower; i++) {
            String conv = prefix + "conv." + 3 * i;
            String norm = prefix + "conv." + (3 * i + 1);
            tower = tower.then(Conv.biased(layers, conv, measures.width, measures.width, 3, SMALL, 0))
                    .then(measures.norm.block(layers, norm, measures.width))
                    .then(Activation.RELU);
        }
        return tower;
    }

    /** Boxes are distances {@code [batch, priors, 4]} to left, top, right and bottom in strides, at least 0. */
    @Override
    public Rows forward(List<Tensor> levels) {
        List<Tensor> classTowers = levels.stream().map(classTower::forward).toList();
        List<Tensor> towers = levels.stream().map(boxTower::forward).toList();
        return new Rows(
                DenseHead.rows(classTowers.stream().map(logits::forward).toList(), classes),
                DenseHead.rows(towers.stream().map(distances::forward).toList(), 4)
                        .relu(),
                Map.of(
                        CENTERNESS,
                        DenseHead.rows(towers.stream().map(centerness::forward).toList(), 1)),
                classTowers,
                towers);
    }
}
