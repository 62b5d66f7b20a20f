package dev.parfocal.training.backbone;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Tensor;

/**
 * The unit of a {@link ResNet}. A shortcut that changes stride or width takes every second pixel and projects.
 *
 * <pre>
 *     basic:       x ── conv1 3×3 /s ── conv2 3×3 ──────────────────(+)── ReLU
 *     bottleneck:  x ── conv1 1×1 ── conv2 3×3 /s ── conv3 1×1 ─────(+)── ReLU
 *                  └─── every s-th pixel ─ downsample.0 1×1 ─────────┘
 * </pre>
 */
final class ResidualBlock implements Block {
    private final Block residual;
    private final Block shortcut;

    ResidualBlock(ConvNorm convolutions, String prefix, ResNetConfig.Residual kind, int in, int width, int stride) {
        int out = width * kind.expansion();
        residual = switch (kind) {
            case BASIC ->
                convolutions
                        .block(prefix + "conv1", prefix + "bn1", in, width, 3, stride)
                        .then(Activation.RELU)
                        .then(convolutions.block(prefix + "conv2", prefix + "bn2", width, out, 3, 1));
            case BOTTLENECK ->
                convolutions
                        .block(prefix + "conv1", prefix + "bn1", in, width, 1, 1)
                        .then(Activation.RELU)
                        .then(convolutions.block(prefix + "conv2", prefix + "bn2", width, width, 3, stride))
                        .then(Activation.RELU)
                        .then(convolutions.block(prefix + "conv3", prefix + "bn3", width, out, 1, 1));
        };
        shortcut = shortcut(convolutions, prefix + "downsample", in, out, stride);
    }

    private static Block shortcut(ConvNorm convolutions, String name, int in, int out, int stride) {
        if (stride == 1 && in == out) {
            return x -> x;
        }
        Block projection = convolutions.sequence(name, in, out, 1, 1);
        return stride == 1 ? projection : x -> projection.forward(FeatureMaps.everySecondPixel(x));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Activation.RELU.forward(residual.forward(x).plus(shortcut.forward(x)));
    }
}
