package dev.parfocal.training.backbone;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The cross-stage partial network of NanoDet-g, made of 3×3 convolutions alone; every stage passes one half of its channels
 * around its residual blocks. Wang et al., CSPNet, arXiv 1911.11929. Named as NanoDet's.
 *
 * <pre>
 *     stage:  x ── in_conv /s ──┬── res_blocks ── res_out_conv ──┐
 *                               └────────────────────────────── concat
 *     res_block:  x ── in_conv ──┬── mid_conv ──┐      (each half the channels)
 *                                └──────────── concat
 * </pre>
 */
public final class CspNet implements Backbone {
    private final CspNetConfig config;
    private final ConvModules modules;
    private final Block stem;
    private final List<Block> stages = new ArrayList<>();

    /**
     * A network whose kernels start by He's rule.
     *
     * @param prefix what all names begin with, such as {@code backbone.}
     */
    public CspNet(Layers layers, String prefix, CspNetConfig config) {
        this.config = config;
        modules = new ConvModules(new ConvNorm(layers, config.norm(), Initializer.HE), Activation.LEAKY_RELU);
        int width = config.width();
        Block pool = x -> FeatureMaps.maxPool(x, 3, 2);
        stem = module(prefix + "stages.0", 3, width, 2).then(pool);
        for (int i = 0; i < config.depths().size(); i++) {
            int channels = width << i;
            String name = prefix + "stages." + (i + 2) + ".";
            stages.add(stage(name, channels, config.depths().get(i), i == 0 ? 1 : 2));
        }
    }

    private Block stage(String name, int channels, int depth, int stride) {
        Block in = module(name + "in_conv", channels, channels, stride);
        Block residual = x -> x;
        for (int i = 0; i < depth; i++) {
            residual = residual.then(residual(name + "res_blocks." + i + ".", channels));
        }
        Block out = residual.then(module(name + "res_out_conv", channels, channels, 1));
        return in.then(x -> Tensor.concatenate(List.of(out.forward(x), x), 1));
    }

    private Block residual(String name, int channels) {
        Block in = module(name + "in_conv", channels, channels / 2, 1);
        Block middle = module(name + "mid_conv", channels / 2, channels / 2, 1);
        return in.then(x -> Tensor.concatenate(List.of(middle.forward(x), x), 1));
    }

    private Block module(String name, int in, int out, int stride) {
        return modules.block(name, in, out, 3, stride);
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
        int width = config.width();
        return List.of(new Level(8, 4 * width), new Level(16, 8 * width), new Level(32, 16 * width));
    }
}
