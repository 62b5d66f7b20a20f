package dev.parfocal.training.head;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NanoDet-g's head, one for each level: 3×3 convolutions, then one 1×1 convolution for the classes and the distributions
 * of the four sides (GFL, arXiv 2006.04388). Named as NanoDet's.
 */
public final class NanoDetHead implements DenseHead {
    private static final Initializer SMALL = new Initializer(Initializer.Kind.NORMAL, 0.01);

    private final int classes;
    private final List<OfLevel> levels = new ArrayList<>();

    /** The layers of one level. */
    private record OfLevel(Block tower, Block predictions) {}

    /**
     * The measures of a head.
     *
     * @param levels of the pyramid, at least 1
     * @param width channels of every level
     * @param tower 3×3 convolutions before the outputs, at least 0
     * @param regMax the farthest bin of a side's distribution, at least 1
     * @param norm behind each 3×3 convolution
     */
    public record Measures(int levels, int width, int tower, int regMax, Norm norm) {}

    /**
     * A head.
     *
     * @param prefix what all names begin with, such as {@code head.}
     * @param classes at least 1
     * @param prior the probability that every class starts with, in (0, 1); the distributions start flat
     */
    public NanoDetHead(Layers layers, String prefix, Measures measures, int classes, double prior) {
        this.classes = classes;
        ConvModules modules = new ConvModules(new ConvNorm(layers, measures.norm, SMALL), Activation.LEAKY_RELU);
        int width = measures.width;
        int outputs = classes + 4 * (measures.regMax + 1);
        for (int level = 0; level < measures.levels; level++) {
            Block block = x -> x;
            for (int i = 0; i < measures.tower; i++) {
                block = block.then(modules.block(prefix + "cls_convs." + level + "." + i, width, width, 3, 1));
            }
            String output = prefix + "gfl_cls." + level;
            Block predictions = Conv.biased(layers, output, width, outputs, 1, SMALL, DenseHead.bias(prior));
            levels.add(new OfLevel(block, predictions));
        }
    }

    /** Boxes are logits of distributions, {@code [batch, priors, 4 · (regMax + 1)]}. */
    @Override
    public Rows forward(List<Tensor> pyramid) {
        List<Tensor> towers = new ArrayList<>();
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            towers.add(levels.get(i).tower.forward(pyramid.get(i)));
            maps.add(levels.get(i).predictions.forward(towers.get(i)));
        }
        int columns = maps.get(0).size(1);
        Tensor all = DenseHead.rows(maps, columns);
        return new Rows(
                all.narrow(2, 0, classes).contiguous(),
                all.narrow(2, classes, columns - classes).contiguous(),
                Map.of(),
                towers);
    }
}
