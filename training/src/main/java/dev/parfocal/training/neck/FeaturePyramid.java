package dev.parfocal.training.neck;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A feature pyramid, named as torchvision's: every map is brought to one width by a 1×1 convolution, receives the coarser
 * one, enlarged by repeating pixels, and is smoothed by a 3×3 convolution; coarser levels follow. Lin et al., arXiv
 * 1612.03144.
 */
public final class FeaturePyramid implements Neck {
    private static final Initializer UNIT_GAIN = new Initializer(Initializer.Kind.LECUN, 1);

    private final List<Block> inner = new ArrayList<>();
    private final List<Block> smooth = new ArrayList<>();
    private final CoarserLevels.Maker coarser;
    private final LevelAttention attention;
    private final List<Level> levels;

    /**
     * A pyramid.
     *
     * @param prefix what all names begin with, such as {@code backbone.fpn.}
     * @param inputs the backbone's maps, finest first
     * @param config its width, and the levels with attention: between the two convolutions, or at the end of a level that no
     *     map has
     * @param kind which levels follow behind the coarsest map
     */
    public FeaturePyramid(Layers layers, String prefix, List<Level> inputs, NeckConfig config, CoarserLevels kind) {
        int width = config.width();
        for (int i = 0; i < inputs.size(); i++) {
            inner.add(Conv.biased(
                    layers, prefix + "inner_blocks." + i + ".0", inputs.get(i).channels(), width, 1, UNIT_GAIN, 0));
            smooth.add(Conv.biased(layers, prefix + "layer_blocks." + i + ".0", width, width, 3, UNIT_GAIN, 0));
        }
        Level coarsest = inputs.get(inputs.size() - 1);
        coarser = kind.maker(layers, prefix + "extra_blocks.", coarsest.channels(), width, UNIT_GAIN);
        levels = kind.strides(inputs.stream().map(Level::stride).toList()).stream()
                .map(stride -> new Level(stride, width))
                .toList();
        attention = new LevelAttention(layers, levels, config.attention());
    }

    @Override
    public Pyramid forward(List<Tensor> maps) {
        Map<Integer, Tensor> attended = new TreeMap<>();
        Tensor[] pyramid = new Tensor[maps.size()];
        int coarsest = pyramid.length - 1;
        Tensor above = attention(coarsest, inner.get(coarsest).forward(maps.get(coarsest)), attended);
        pyramid[coarsest] = smooth.get(coarsest).forward(above);
        for (int i = coarsest - 1; i >= 0; i--) {
            Tensor lateral = attention(i, inner.get(i).forward(maps.get(i)), attended);
            above = lateral.plus(above.resizedTo(lateral.size(2), lateral.size(3)));
            pyramid[i] = smooth.get(i).forward(above);
        }
        List<Tensor> result = new ArrayList<>(Arrays.asList(pyramid));
        for (Tensor level : coarser.make(maps.get(coarsest), pyramid[coarsest])) {
            result.add(attention(result.size(), level, attended));
        }
        return new Pyramid(result, attended);
    }

    private Tensor attention(int level, Tensor map, Map<Integer, Tensor> attended) {
        return attention.forward(levels.get(level).stride(), map, attended);
    }

    @Override
    public List<Level> levels() {
        return levels;
    }
}
