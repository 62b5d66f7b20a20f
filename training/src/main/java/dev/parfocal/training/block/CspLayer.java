package dev.parfocal.training.block;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Tensor;
import java.util.List;

/**
 * A cross-stage partial layer as YOLOX has it: half of the channels go through bottlenecks, half around them, and a 1×1
 * convolution merges both. Wang et al., arXiv 1911.11929; Ge et al., arXiv 2107.08430.
 *
 * <pre>
 *     x ──┬── conv1 1×1 ── m.0, m.1, … ──┐
 *         └── conv2 1×1 ────────────── concat ── conv3 1×1
 *     m.N:  x ── conv1 1×1 ── conv2 3×3 ── (+ x)
 * </pre>
 */
public final class CspLayer implements Block {
    private final Block through;
    private final Block around;
    private final Block merge;

    /**
     * A layer.
     *
     * @param prefix what all names begin with, such as {@code dark2.1.}
     * @param depth number of bottlenecks, at least 1
     * @param shortcut whether each bottleneck adds what came in
     */
    public CspLayer(ConvModules modules, String prefix, int in, int out, int depth, boolean shortcut) {
        int hidden = out / 2;
        Block bottlenecks = modules.block(prefix + "conv1", in, hidden, 1, 1);
        for (int i = 0; i < depth; i++) {
            String name = prefix + "m." + i + ".";
            Block bottleneck = modules.block(name + "conv1", hidden, hidden, 1, 1)
                    .then(modules.block(name + "conv2", hidden, hidden, 3, 1));
            bottlenecks = bottlenecks.then(shortcut ? x -> bottleneck.forward(x).plus(x) : bottleneck);
        }
        through = bottlenecks;
        around = modules.block(prefix + "conv2", in, hidden, 1, 1);
        merge = modules.block(prefix + "conv3", 2 * hidden, out, 1, 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return merge.forward(Tensor.concatenate(List.of(through.forward(x), around.forward(x)), 1));
    }
}
