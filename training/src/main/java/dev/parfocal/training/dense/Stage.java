package dev.parfocal.training.dense;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;

/**
 * One halving of the resolution: a residual block (He et al., arXiv 1512.03385) whose shortcut averages before it
 * projects, so that no pixel is skipped (He et al., Bag of Tricks, arXiv 1812.01187).
 *
 * <pre>
 *     x ── conv 3×3 /2 ─ norm ─ act ─ conv 3×3 ─ norm ──(+)── act
 *     └─── mean 2×2 /2 ─ conv 1×1 ─ norm ────────────────┘
 * </pre>
 */
final class Stage implements Block {
    private final Block residual;
    private final Block shortcut;
    private final Activation activation;

    Stage(Layers layers, String name, DenseConfig config, int in, int out) {
        activation = config.activation();
        Initializer init = config.init().backbone();
        residual = Conv.plain(layers, name + ".conv1", in, out, 3, 2, init)
                .then(config.normalization().block(layers, name + ".norm1", out))
                .then(activation)
                .then(Conv.plain(layers, name + ".conv2", out, out, 3, 1, init))
                .then(config.normalization()
                        .block(layers, name + ".norm2", out, config.init().residual()));
        Block mean = Tensor::halved;
        shortcut = mean.then(Conv.plain(layers, name + ".shortcut", in, out, 1, 1, init))
                .then(config.normalization().block(layers, name + ".norm3", out));
    }

    @Override
    public Tensor forward(Tensor x) {
        return activation.forward(residual.forward(x).plus(shortcut.forward(x)));
    }
}
