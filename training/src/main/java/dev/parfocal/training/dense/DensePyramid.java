package dev.parfocal.training.dense;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.neck.LevelAttention;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A feature pyramid: every level is brought to the same width and receives the level above it, enlarged. Lin et al.,
 * arXiv 1612.03144.
 */
final class DensePyramid implements Neck {
    private final List<Block> lateral = new ArrayList<>();
    private final List<Block> smooth = new ArrayList<>();
    private final List<Level> levels;
    private final LevelAttention attention;

    DensePyramid(Layers layers, DenseConfig config) {
        int width = config.neck().width();
        for (int i = 0; i < DenseConfig.STRIDES.size(); i++) {
            int in = config.widths().get(i + 2);
            lateral.add(Conv.plain(
                            layers,
                            "neck.lateral" + i,
                            in,
                            width,
                            1,
                            1,
                            config.init().neck())
                    .then(config.normalization().block(layers, "neck.lateral" + i + ".norm", width)));
            smooth.add(Conv.plain(
                            layers,
                            "neck.smooth" + i,
                            width,
                            width,
                            3,
                            1,
                            config.init().neck())
                    .then(config.normalization().block(layers, "neck.smooth" + i + ".norm", width))
                    .then(config.activation()));
        }
        levels = DenseConfig.STRIDES.stream()
                .map(stride -> new Level(stride, width))
                .toList();
        attention = new LevelAttention(layers, levels, config.neck().attention());
    }

    @Override
    public Pyramid forward(List<Tensor> maps) {
        Map<Integer, Tensor> attended = new TreeMap<>();
        Tensor[] merged = new Tensor[maps.size()];
        for (int i = merged.length - 1; i >= 0; i--) {
            Tensor x = lateral.get(i).forward(maps.get(i));
            x = attention.forward(levels.get(i).stride(), x, attended);
            if (i + 1 < merged.length) {
                x = x.plus(merged[i + 1].resizedTo(x.size(2), x.size(3)));
            }
            merged[i] = x;
        }
        for (int i = 0; i < merged.length; i++) {
            merged[i] = smooth.get(i).forward(merged[i]);
        }
        return new Pyramid(Arrays.asList(merged), attended);
    }

    @Override
    public List<Level> levels() {
        return levels;
    }
}
