package dev.parfocal.training.backbone;

import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.CspLayer;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * YOLOX's backbone: squares of four pixels become channels, then four stages of a strided convolution and a cross-stage
 * partial layer, the last with pooling over three window sizes. Ge et al., arXiv 2107.08430. Named as Megvii's.
 */
public final class CspDarknet implements Backbone {
    private static final int[] WINDOWS = {5, 9, 13};

    private final int width;
    private final Block stem;
    private final List<Block> stages = new ArrayList<>();

    /**
     * A network.
     *
     * @param modules how its convolutions are built
     * @param prefix what all names begin with, such as {@code backbone.backbone.}
     * @param width channels of the stem, at least 1; the stages have 2, 4, 8 and 16 times as many
     * @param depth bottlenecks of the first stage, at least 1; the next two have three times as many
     */
    public CspDarknet(ConvModules modules, String prefix, int width, int depth) {
        this.width = width;
        Block squares = FeatureMaps::squaresAsChannels;
        stem = squares.then(modules.block(prefix + "stem.conv", 12, width, 3, 1));
        for (int i = 1; i <= 4; i++) {
            String name = prefix + "dark" + (i + 1) + ".";
            int out = width << i;
            Block stage = modules.block(name + "0", out / 2, out, 3, 2);
            if (i == 4) {
                stage = stage.then(pooling(modules, name + "1.", out))
                        .then(new CspLayer(modules, name + "2.", out, out, depth, false));
            } else {
                stage = stage.then(new CspLayer(modules, name + "1.", out, out, i == 1 ? depth : 3 * depth, true));
            }
            stages.add(stage);
        }
    }

    /** Spatial pyramid pooling; He et al., arXiv 1406.4729. */
    private static Block pooling(ConvModules modules, String prefix, int channels) {
        Block in = modules.block(prefix + "conv1", channels, channels / 2, 1, 1);
        Block out = modules.block(prefix + "conv2", channels / 2 * (WINDOWS.length + 1), channels, 1, 1);
        return in.then(CspDarknet::windows).then(out);
    }

    private static Tensor windows(Tensor x) {
        List<Tensor> parts = new ArrayList<>();
        parts.add(x);
        for (int window : WINDOWS) {
            parts.add(FeatureMaps.maxPool(x, window, 1));
        }
        return Tensor.concatenate(parts, 1);
    }

    /** The images' height and width are to be even. */
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
        return List.of(new Level(8, 4 * width), new Level(16, 8 * width), new Level(32, 16 * width));
    }
}
