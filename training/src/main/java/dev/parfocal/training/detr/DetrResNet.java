package dev.parfocal.training.detr;

import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The ResNet of RT-DETR: a stem of three convolutions, and shortcuts that average before they convolve; variant D of He et
 * al., arXiv 1812.01187.
 */
final class DetrResNet implements Backbone {
    /** How many stages, from the coarsest on, give a map. */
    private static final int MAPS = 3;

    private final List<Block> stages = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    DetrResNet(Layers layers, String name, RtDetrConfig.ResNet config) {
        Convolutions convolutions = Convolutions.ofBackbone(layers, config.norm());
        Block stem = stem(convolutions, name + ".embedder.embedder", config.stem());
        int in = config.stem();
        for (int stage = 0; stage < config.widths().size(); stage++) {
            int out = config.widths().get(stage);
            Block block = stage == 0 ? stem : x -> x;
            for (int i = 0; i < config.depths().get(stage); i++) {
                String layer = name + ".encoder.stages." + stage + ".layers." + i;
                block = block.then(
                        config.layer().block(convolutions, layer, in, out, i == 0, stage > 0 && i == 0 ? 2 : 1));
                in = out;
            }
            stages.add(block);
            levels.add(new Level(4 << stage, out));
        }
    }

    private static Block stem(Convolutions convolutions, String name, int width) {
        return convolutions
                .block(name + ".0", 3, width / 2, 3, 2)
                .then(Tensor::reluInPlace)
                .then(convolutions.block(name + ".1", width / 2, width / 2, 3, 1))
                .then(Tensor::reluInPlace)
                .then(convolutions.block(name + ".2", width / 2, width, 3, 1))
                .then(Tensor::reluInPlace)
                .then(x -> FeatureMaps.maxPool(x, 3, 2));
    }

    @Override
    public List<Level> levels() {
        return levels.subList(levels.size() - MAPS, levels.size());
    }

    @Override
    public List<Tensor> forward(Tensor images) {
        List<Tensor> maps = new ArrayList<>();
        Tensor map = images;
        for (Block stage : stages) {
            map = stage.forward(map);
            maps.add(map);
        }
        return maps.subList(maps.size() - MAPS, maps.size());
    }
}
