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
    private final List<Level> levels;

    /**
     * A pyramid.
     *
     * @param prefix what all names begin with, such as {@code backbone.fpn.}
     * @param inputs the backbone's maps, finest first
     * @param width channels of every level
     * @param kind which levels follow behind the coarsest map
     */
    public FeaturePyramid(Layers layers, String prefix, List<Level> inputs, int width, CoarserLevels kind) {
        for (int i = 0; i < inputs.size(); i++) {
            inner.add(Conv.biased(
                    layers, prefix + "inner_blocks." + i + ".0", inputs.get(i).channels(), width, 1, UNIT_GAIN, 0));
            smooth.add(Conv.biased(layers, prefix + "layer_blocks." + i + ".0", width, width, 3, UNIT_GAIN, 0));
        }
        Level coarsest = inputs.get(inputs.size() - 1);
        coarser = kind.maker(layers, prefix + "extra_blocks.", coarsest.channels(), width, UNIT_GAIN);
        List<Level> all = new ArrayList<>();
        inputs.forEach(input -> all.add(new Level(input.stride(), width)));
        for (int i = 1; i <= kind.count(); i++) {
            all.add(new Level(coarsest.stride() << i, width));
        }
        levels = List.copyOf(all);
    }

    @Override
    public List<Tensor> forward(List<Tensor> maps) {
        Tensor[] pyramid = new Tensor[maps.size()];
        Tensor above = inner.get(pyramid.length - 1).forward(maps.get(pyramid.length - 1));
        pyramid[pyramid.length - 1] = smooth.get(pyramid.length - 1).forward(above);
        for (int i = pyramid.length - 2; i >= 0; i--) {
            Tensor lateral = inner.get(i).forward(maps.get(i));
            above = lateral.plus(above.resizedTo(lateral.size(2), lateral.size(3)));
            pyramid[i] = smooth.get(i).forward(above);
        }
        List<Tensor> result = new ArrayList<>(Arrays.asList(pyramid));
        result.addAll(coarser.make(maps.get(maps.size() - 1), pyramid[pyramid.length - 1]));
        return result;
    }

    @Override
    public List<Level> levels() {
        return levels;
    }
}
