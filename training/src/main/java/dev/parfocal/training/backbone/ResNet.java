package dev.parfocal.training.backbone;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A residual network, named as torchvision's: He et al., arXiv 1512.03385, with the stride of bottlenecks at their 3×3
 * convolution ("v1.5").
 */
public final class ResNet implements Backbone {
    private static final Initializer HE_FAN_OUT = new Initializer(Initializer.Kind.HE_FAN_OUT, 1);

    private final ResNetConfig config;
    private final Block stem;
    private final List<Block> stages = new ArrayList<>();

    /**
     * A network whose kernels start by He's rule.
     *
     * @param prefix what all names begin with, such as {@code backbone.body.}
     */
    public ResNet(Layers layers, String prefix, ResNetConfig config) {
        this.config = config;
        ConvNorm convolutions = new ConvNorm(layers, config.norm(), HE_FAN_OUT);
        Block pool = x -> FeatureMaps.maxPool(x, 3, 2);
        stem = convolutions
                .block(prefix + "conv1", prefix + "bn1", 3, config.width(), 7, 2)
                .then(Activation.RELU)
                .then(pool);
        int in = config.width();
        for (int stage = 1; stage <= 4; stage++) {
            stages.add(stage(convolutions, prefix + "layer" + stage + ".", stage, in));
            in = config.channels(stage);
        }
    }

    private Block stage(ConvNorm convolutions, String prefix, int stage, int in) {
        int out = config.channels(stage);
        Block blocks = new ResidualBlock(
                convolutions, prefix + "0.", config.residual(), in, config.width(stage), stage == 1 ? 1 : 2);
        for (int i = 1; i < config.depths().get(stage - 1); i++) {
            blocks = blocks.then(
                    new ResidualBlock(convolutions, prefix + i + ".", config.residual(), out, config.width(stage), 1));
        }
        return blocks;
    }

    @Override
    public List<Tensor> forward(Tensor images) {
        List<Tensor> maps = new ArrayList<>();
        Tensor x = stem.forward(images);
        for (Block stage : stages) {
            x = stage.forward(x);
            maps.add(x);
        }
        return maps.subList(config.finest() - 1, maps.size());
    }

    @Override
    public List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (int stage = config.finest(); stage <= 4; stage++) {
            levels.add(new Level(2 << stage, config.channels(stage)));
        }
        return levels;
    }
}
