package dev.parfocal.training.neck;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The path aggregation network of NanoDet: maps are brought to one width by 1×1 convolutions, then added up from coarse to
 * fine and from fine to coarse, resized by bilinear interpolation; no convolution stands in between. Liu et al., PANet,
 * arXiv 1803.01534. Named as NanoDet's.
 */
public final class BilinearPan implements Neck {
    private final List<Block> lateral = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    /**
     * A network.
     *
     * @param prefix what all names begin with, such as {@code fpn.}
     * @param inputs the backbone's maps, finest first
     * @param width channels of every level
     */
    public BilinearPan(Layers layers, String prefix, List<Level> inputs, int width, Norm norm) {
        ConvNorm convolutions = new ConvNorm(layers, norm, new Initializer(Initializer.Kind.XAVIER, 1));
        for (Level input : inputs) {
            String name = prefix + "lateral_convs." + lateral.size();
            lateral.add(convolutions.block(name + ".conv", name + ".bn", input.channels(), width, 1, 1));
            levels.add(new Level(input.stride(), width));
        }
    }

    @Override
    public List<Tensor> forward(List<Tensor> maps) {
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            sums.add(lateral.get(i).forward(maps.get(i)));
        }
        for (int i = sums.size() - 2; i >= 0; i--) {
            add(sums, i, sums.get(i + 1));
        }
        for (int i = 1; i < sums.size(); i++) {
            add(sums, i, sums.get(i - 1));
        }
        return sums;
    }

    private static void add(List<Tensor> sums, int level, Tensor other) {
        Tensor sum = sums.get(level);
        sums.set(level, sum.plus(FeatureMaps.bilinear(other, sum.size(2), sum.size(3))));
    }

    @Override
    public List<Level> levels() {
        return List.copyOf(levels);
    }
}
