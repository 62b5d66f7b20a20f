package dev.parfocal.training.model;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Two branches shared by the levels of the pyramid, one for class × quality logits, one for the sides of boxes, in the
 * manner of GFL (arXiv 2006.04388) and VarifocalNet (arXiv 2008.13367). A learned scale per level multiplies the box
 * branch, which serves strides of different size.
 */
final class Head {
    /** What the names of its weights begin with. */
    static final String PREFIX = "head.";

    private final Block classTower;
    private final Block boxTower;
    private final Block classes;
    private final Block sides;
    private final List<Supplier<Tensor>> scales = new ArrayList<>();
    private final Branches branches;

    /**
     * A head.
     *
     * @param prior probability that the class branch starts with, from the loss's recipe, in (0, 1)
     * @param more outputs beside classes and sides
     */
    Head(Layers layers, ModelConfig config, int classCount, double prior, List<Branch> more) {
        classTower = tower(layers, PREFIX + "classTower", config);
        boxTower = tower(layers, PREFIX + "boxTower", config);
        Initializer outputs = config.init().outputs();
        double bias = -Math.log((1 - prior) / prior);
        classes = Conv.biased(layers, PREFIX + "classes", config.neck(), classCount, 3, outputs, bias);
        sides = Conv.biased(layers, PREFIX + "sides", config.neck(), 4 * config.bins(), 3, outputs, 0);
        for (int i = 0; i < ModelConfig.STRIDES.size(); i++) {
            scales.add(layers.constant(PREFIX + "scale" + i, 1, 1));
        }
        branches = new Branches(layers, config, more);
    }

    private static Block tower(Layers layers, String name, ModelConfig config) {
        Block tower = x -> x;
        for (int i = 0; i < config.tower(); i++) {
            tower = tower.then(Conv.plain(
                            layers,
                            name + i,
                            config.neck(),
                            config.neck(),
                            3,
                            1,
                            config.init().towers()))
                    .then(config.normalization().block(layers, name + i + ".norm", config.neck()))
                    .then(config.activation());
        }
        return tower;
    }

    /**
     * Logits and sides of all levels' pixels, finest level first, and the further outputs.
     *
     * @param after the weights of this head
     */
    Prediction forward(List<Tensor> levels, List<Tensor> after) {
        List<Tensor> logits = new ArrayList<>();
        List<Tensor> boxes = new ArrayList<>();
        List<Tensor> towers = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            Tensor level = levels.get(i);
            logits.add(pixels(classes.forward(classTower.forward(level))));
            towers.add(boxTower.forward(level));
            boxes.add(pixels(sides.forward(towers.get(i))).times(scales.get(i).get()));
        }
        return new Prediction(
                Tensor.concatenate(logits, 1).float32(),
                Tensor.concatenate(boxes, 1).float32(),
                branches.forward(levels, towers),
                new Shared(levels, after));
    }

    /** {@code [batch, channels, height, width] -> [batch, height · width, channels]}; free for channels-last maps. */
    static Tensor pixels(Tensor map) {
        return map.permute(0, 2, 3, 1).reshape(map.size(0), (long) map.size(2) * map.size(3), map.size(1));
    }
}
