package dev.parfocal.training.head;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * YOLOX's decoupled head, one for each level: a 1×1 stem, then two towers of two 3×3 convolutions, one for classes, one
 * for boxes and whether there is an object. Ge et al., arXiv 2107.08430. Named as Megvii's.
 */
public final class YoloxHead implements DenseHead {
    /** The branch of objectness logits. */
    public static final String OBJECTNESS = "objectness";

    private static final int TOWER = 2;

    private final int classes;
    private final List<OfLevel> levels = new ArrayList<>();

    /** The layers of one level. */
    private record OfLevel(Block stem, Block classTower, Block boxTower, Block logits, Block boxes, Block objectness) {}

    /**
     * A head.
     *
     * @param modules how its convolutions are built; also how its last kernels start
     * @param prefix what all names begin with, such as {@code head.}
     * @param pyramid the levels, finest first
     * @param width channels of the towers, at least 1
     * @param classes at least 1
     * @param prior the probability that every class and every object starts with, in (0, 1)
     */
    public YoloxHead(ConvModules modules, String prefix, List<Level> pyramid, int width, int classes, double prior) {
        this.classes = classes;
        Layers layers = modules.convolutions().layers();
        Initializer initializer = modules.convolutions().initializer();
        double bias = DenseHead.bias(prior);
        for (int i = 0; i < pyramid.size(); i++) {
            levels.add(new OfLevel(
                    modules.block(prefix + "stems." + i, pyramid.get(i).channels(), width, 1, 1),
                    tower(modules, prefix + "cls_convs." + i, width),
                    tower(modules, prefix + "reg_convs." + i, width),
                    Conv.biased(layers, prefix + "cls_preds." + i, width, classes, 1, initializer, bias),
                    Conv.biased(layers, prefix + "reg_preds." + i, width, 4, 1, initializer, 0),
                    Conv.biased(layers, prefix + "obj_preds." + i, width, 1, 1, initializer, bias)));
        }
    }

    private static Block tower(ConvModules modules, String name, int width) {
        Block tower = x -> x;
        for (int i = 0; i < TOWER; i++) {
            tower = tower.then(modules.block(name + "." + i, width, width, 3, 1));
        }
        return tower;
    }

    /**
     * Boxes are {@code [batch, priors, 4]}: the centre's offset from the top left of the pixel in strides, then the
     * logarithms of width and height in strides.
     */
    @Override
    public Rows forward(List<Tensor> pyramid) {
        List<Tensor> classTowers = new ArrayList<>();
        List<Tensor> boxTowers = new ArrayList<>();
        List<Tensor> logits = new ArrayList<>();
        List<Tensor> boxes = new ArrayList<>();
        List<Tensor> objectness = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            OfLevel level = levels.get(i);
            Tensor stem = level.stem.forward(pyramid.get(i));
            classTowers.add(level.classTower.forward(stem));
            boxTowers.add(level.boxTower.forward(stem));
            logits.add(level.logits.forward(classTowers.get(i)));
            boxes.add(level.boxes.forward(boxTowers.get(i)));
            objectness.add(level.objectness.forward(boxTowers.get(i)));
        }
        return new Rows(
                DenseHead.rows(logits, classes),
                DenseHead.rows(boxes, 4),
                Map.of(OBJECTNESS, DenseHead.rows(objectness, 1)),
                classTowers,
                boxTowers);
    }
}
