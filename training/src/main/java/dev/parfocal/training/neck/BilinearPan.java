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
import java.util.Map;
import java.util.TreeMap;

/**
 * The path aggregation network of NanoDet: maps are brought to one width by 1×1 convolutions, then added up from coarse to
 * fine and from fine to coarse, resized by bilinear interpolation; no convolution stands in between. Liu et al., PANet,
 * arXiv 1803.01534. Named as NanoDet's.
 */
public final class BilinearPan implements Neck {
    private final List<Block> lateral = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private final LevelAttention attention;

    /**
     * A network.
     *
     * @param prefix what all names begin with, such as {@code fpn.}
     * @param inputs the backbone's maps, finest first
     * @param config its width, and the levels with attention, before they are added up
     */
    public BilinearPan(Layers layers, String prefix, List<Level> inputs, NeckConfig config, Norm norm) {
        int width = config.width();
        ConvNorm convolutions = new ConvNorm(layers, norm, new Initializer(Initializer.Kind.XAVIER, 1));
        for (Level input : inputs) {
            String name = prefix + "lateral_convs." + lateral.size();
            lateral.add(convolutions.block(name + ".conv", name + ".bn", input.channels(), width, 1, 1));
            levels.add(new Level(input.stride(), width));
        }
        attention = new LevelAttention(layers, levels, config.attention());
    }

    @Override
    public Pyramid forward(List<Tensor> maps) {
        Map<Integer, Tensor> attended = new TreeMap<>();
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            Tensor map = lateral.get(i).forward(maps.get(i));
            sums.add(attention.forward(levels.get(i).stride(), map, attended));
        }
        for (int i = sums.size() - 2; i >= 0; i--) {
            add(sums, i, sums.get(i + 1));
        }
        for (int i = 1; i < sums.size(); i++) {
            add(sums, i, sums.get(i - 1));
        }
        return new Pyramid(sums, attended);
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
