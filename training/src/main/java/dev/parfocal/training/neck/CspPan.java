package dev.parfocal.training.neck;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.CspLayer;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * YOLOX's path aggregation network over three maps, each of twice the channels of the one before: from coarse to fine by
 * repeated pixels, from fine to coarse by strided convolutions, merged by cross-stage partial layers. Ge et al., arXiv
 * 2107.08430. Named as Megvii's.
 */
public final class CspPan implements Neck {
    /** Strides of its levels. */
    public static final List<Integer> STRIDES = List.of(8, 16, 32);

    private final List<Level> levels;
    private final Block lateral0;
    private final Block reduce1;
    private final Block middle;
    private final Block fine;
    private final Block down2;
    private final Block down1;
    private final Block middleAgain;
    private final Block coarse;
    private final LevelAttention attention;

    /**
     * A network.
     *
     * @param modules how its convolutions are built
     * @param prefix what all names begin with, such as {@code backbone.}
     * @param inputs the backbone's three maps, finest first
     * @param depth bottlenecks of each layer, at least 1
     * @param attended strides of the maps with attention, which comes first
     */
    public CspPan(ConvModules modules, String prefix, List<Level> inputs, int depth, List<Integer> attended) {
        levels = List.copyOf(inputs);
        int c3 = inputs.get(0).channels();
        int c4 = inputs.get(1).channels();
        int c5 = inputs.get(2).channels();
        lateral0 = modules.block(prefix + "lateral_conv0", c5, c4, 1, 1);
        middle = new CspLayer(modules, prefix + "C3_p4.", 2 * c4, c4, depth, false);
        reduce1 = modules.block(prefix + "reduce_conv1", c4, c3, 1, 1);
        fine = new CspLayer(modules, prefix + "C3_p3.", 2 * c3, c3, depth, false);
        down2 = modules.block(prefix + "bu_conv2", c3, c3, 3, 2);
        middleAgain = new CspLayer(modules, prefix + "C3_n3.", 2 * c3, c4, depth, false);
        down1 = modules.block(prefix + "bu_conv1", c4, c4, 3, 2);
        coarse = new CspLayer(modules, prefix + "C3_n4.", 2 * c4, c5, depth, false);
        attention = new LevelAttention(modules.convolutions().layers(), inputs, attended);
    }

    @Override
    public Pyramid forward(List<Tensor> backbone) {
        Map<Integer, Tensor> attended = new TreeMap<>();
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            maps.add(attention.forward(levels.get(i).stride(), backbone.get(i), attended));
        }
        Tensor top = lateral0.forward(maps.get(2));
        Tensor centre = reduce1.forward(middle.forward(joined(enlarged(top, maps.get(1)), maps.get(1))));
        Tensor first = fine.forward(joined(enlarged(centre, maps.get(0)), maps.get(0)));
        Tensor second = middleAgain.forward(joined(down2.forward(first), centre));
        Tensor third = coarse.forward(joined(down1.forward(second), top));
        return new Pyramid(List.of(first, second, third), attended);
    }

    private static Tensor enlarged(Tensor x, Tensor like) {
        return x.resizedTo(like.size(2), like.size(3));
    }

    private static Tensor joined(Tensor a, Tensor b) {
        return Tensor.concatenate(List.of(a, b), 1);
    }

    @Override
    public List<Level> levels() {
        return levels;
    }
}
