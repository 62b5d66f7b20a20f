package dev.parfocal.training.dense;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.Start;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final BoxCode code;

    Head(Layers layers, DenseConfig config, Start start) {
        code = config.code();
        classTower = tower(layers, PREFIX + "classTower", config);
        boxTower = tower(layers, PREFIX + "boxTower", config);
        Initializer outputs = config.init().outputs();
        double prior = start.prior(DenseConfig.OUTPUT);
        double bias = -Math.log((1 - prior) / prior);
        classes = Conv.biased(layers, PREFIX + "classes", config.neck().width(), start.classCount(), 3, outputs, bias);
        sides = Conv.biased(layers, PREFIX + "sides", config.neck().width(), 4 * config.bins(), 3, outputs, 0);
        for (int i = 0; i < DenseConfig.STRIDES.size(); i++) {
            scales.add(layers.constant(PREFIX + "scale" + i, 1, 1));
        }
        branches = new Branches(layers, config, start.branches());
    }

    private static Block tower(Layers layers, String name, DenseConfig config) {
        Block tower = x -> x;
        for (int i = 0; i < config.tower(); i++) {
            tower = tower.then(Conv.plain(
                            layers,
                            name + i,
                            config.neck().width(),
                            config.neck().width(),
                            3,
                            1,
                            config.init().towers()))
                    .then(config.normalization()
                            .block(layers, name + i + ".norm", config.neck().width()))
                    .then(config.activation());
        }
        return tower;
    }

    /**
     * Logits and sides of all levels' pixels, finest level first, and the further outputs.
     *
     * @param cells of the levels, one for each pixel
     * @param places on the way to the levels
     */
    Prediction forward(List<Tensor> levels, Priors cells, Map<String, List<Tensor>> places) {
        List<Tensor> logits = new ArrayList<>();
        List<Tensor> classTowers = new ArrayList<>();
        List<Tensor> boxes = new ArrayList<>();
        List<Tensor> towers = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            Tensor level = levels.get(i);
            classTowers.add(classTower.forward(level));
            logits.add(pixels(classes.forward(classTowers.get(i))));
            towers.add(boxTower.forward(level));
            boxes.add(pixels(sides.forward(towers.get(i))).times(scales.get(i).get()));
        }
        Map<String, List<Tensor>> all = new LinkedHashMap<>(places);
        all.put("head.classes", classTowers);
        all.put("head.boxes", towers);
        Tensor allLogits = Tensor.concatenate(logits, 1).float32();
        Output output = new Output(
                DenseConfig.OUTPUT,
                PriorBatch.same(cells, allLogits.size(0)),
                allLogits,
                Tensor.concatenate(boxes, 1).float32(),
                code,
                branches.ofRows(towers),
                null);
        return new Prediction(List.of(output), branches.ofImages(levels), new Shared(levels, all));
    }

    /** {@code [batch, channels, height, width] -> [batch, height · width, channels]}; free for channels-last maps. */
    static Tensor pixels(Tensor map) {
        return map.permute(0, 2, 3, 1).reshape(map.size(0), (long) map.size(2) * map.size(3), map.size(1));
    }
}
