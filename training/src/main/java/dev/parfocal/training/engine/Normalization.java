package dev.parfocal.training.engine;

import java.util.function.Supplier;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The normalisations that a model can be built with; each makes a block for a number of channels. */
public enum Normalization {
    /** Over the batch; Ioffe and Szegedy, arXiv 1502.03167. Fast, needs batches of some size. */
    BATCH {
        @Override
        public Block block(Layers layers, String name, int channels, double start) {
            Supplier<Tensor> scale = layers.constant(name + ".scale", start, channels);
            Supplier<Tensor> shift = layers.constant(name + ".shift", 0, channels);
            Supplier<Tensor> mean = layers.statistic(name + ".mean", 0, channels);
            Supplier<Tensor> variance = layers.statistic(name + ".variance", 1, channels);
            return x -> layers.passed(
                    name,
                    new Tensor(torch.batch_norm(
                            x.raw,
                            new TensorOptional(scale.get().raw),
                            new TensorOptional(shift.get().raw),
                            new TensorOptional(mean.get().raw),
                            new TensorOptional(variance.get().raw),
                            layers.training(),
                            BATCH_MOMENTUM,
                            EPSILON,
                            false)));
        }
    },
    /** Over groups of 8 channels of one image; Wu and He, arXiv 1803.08494. Independent of the batch's size. */
    GROUP {
        @Override
        public Block block(Layers layers, String name, int channels, double start) {
            Supplier<Tensor> scale = layers.constant(name + ".scale", start, channels);
            Supplier<Tensor> shift = layers.constant(name + ".shift", 0, channels);
            long groups = channels % GROUP_SIZE == 0 ? channels / GROUP_SIZE : 1;
            return x -> layers.passed(
                    name,
                    new Tensor(torch.group_norm(
                            x.raw,
                            groups,
                            new TensorOptional(scale.get().raw),
                            new TensorOptional(shift.get().raw),
                            EPSILON,
                            false)));
        }
    };

    private static final double EPSILON = 1e-5;
    private static final double BATCH_MOMENTUM = 0.1;
    private static final int GROUP_SIZE = 8;

    /** A normalising block with scale 1 and shift 0. */
    public Block block(Layers layers, String name, int channels) {
        return block(layers, name, channels, 1);
    }

    /** A normalising block whose scale is {@code start} at first, and its shift 0. */
    public abstract Block block(Layers layers, String name, int channels, double start);
}
