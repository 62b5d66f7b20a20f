package dev.parfocal.training.dense;

import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A small residual network: a stem at stride 2, then four stages; its last three feed the neck. */
final class DenseBackbone implements Backbone {
    private final Block stem;
    private final List<Block> stages = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    DenseBackbone(Layers layers, DenseConfig config) {
        List<Integer> widths = config.widths();
        stem = Conv.plain(
                        layers,
                        "backbone.stem",
                        3,
                        widths.get(0),
                        3,
                        2,
                        config.init().backbone())
                .then(config.normalization().block(layers, "backbone.stem.norm", widths.get(0)))
                .then(config.activation());
        for (int i = 1; i < widths.size(); i++) {
            stages.add(new Stage(layers, "backbone.stage" + i, config, widths.get(i - 1), widths.get(i)));
        }
        for (int i = 0; i < DenseConfig.STRIDES.size(); i++) {
            levels.add(new Level(DenseConfig.STRIDES.get(i), widths.get(i + 2)));
        }
    }

    @Override
    public List<Tensor> forward(Tensor images) {
        List<Tensor> maps = new ArrayList<>();
        Tensor x = stem.forward(images);
        for (Block stage : stages) {
            x = stage.forward(x);
            maps.add(x);
        }
        return maps.subList(1, maps.size());
    }

    @Override
    public List<Level> levels() {
        return levels;
    }
}
