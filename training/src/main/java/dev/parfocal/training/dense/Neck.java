package dev.parfocal.training.dense;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A feature pyramid: every level is brought to the same width and receives the level above it, enlarged. Lin et al.,
 * arXiv 1612.03144.
 */
final class Neck {
    private final List<Block> lateral = new ArrayList<>();
    private final List<Block> smooth = new ArrayList<>();

    Neck(Layers layers, DenseConfig config) {
        int width = config.neck();
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
    }

    /** Levels of equal width, strides 8, 16, 32, from the backbone's maps. */
    List<Tensor> forward(List<Tensor> maps) {
        Tensor[] levels = new Tensor[maps.size()];
        for (int i = levels.length - 1; i >= 0; i--) {
            Tensor x = lateral.get(i).forward(maps.get(i));
            if (i + 1 < levels.length) {
                x = x.plus(levels[i + 1].resizedTo(x.size(2), x.size(3)));
            }
            levels[i] = x;
        }
        for (int i = 0; i < levels.length; i++) {
            levels[i] = smooth.get(i).forward(levels[i]);
        }
        return Arrays.asList(levels);
    }
}
