package dev.parfocal.training.engine;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.core.ParfocalException;
import java.util.function.Supplier;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What stands behind a convolution: one of the normalisations of published detectors, with its constants. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Norm {
    /** Its name in a configuration. */
    String kind();

    /**
     * A block for {@code channels} channels.
     *
     * @param name of the layer; its weights are called so and then as {@code names} says
     * @param start what the scale starts at; the shift starts at 0
     */
    Block block(Layers layers, String name, int channels, double start, Names names);

    /** A block whose scale starts at 1, with PyTorch's names. */
    default Block block(Layers layers, String name, int channels) {
        return block(layers, name, channels, 1, Names.PYTORCH);
    }

    /** Whether the convolution before it needs a bias, since nothing else shifts its output. */
    default boolean needsBias() {
        return false;
    }

    /** How the weights of a normalisation are called behind its layer's name. */
    record Names(String scale, String shift, String mean, String variance) {
        /** As in PyTorch's own layers, and so in most published weights. */
        public static final Names PYTORCH = new Names(".weight", ".bias", ".running_mean", ".running_var");

        /** As in Parfocal's own detector. */
        public static final Names PARFOCAL = new Names(".scale", ".shift", ".mean", ".variance");
    }

    /**
     * Over the batch in training, by running statistics in use; Ioffe and Szegedy, arXiv 1502.03167.
     *
     * @param epsilon added to the variance, at least 0
     * @param momentum share of a batch in the running statistics, in (0, 1]
     */
    record Batch(double epsilon, double momentum) implements Norm {
        /** PyTorch's constants. */
        public static final Batch PYTORCH = new Batch(1e-5, 0.1);

        @Override
        public String kind() {
            return "batch";
        }

        @Override
        public Block block(Layers layers, String name, int channels, double start, Names names) {
            Supplier<Tensor> scale = layers.constant(name + names.scale, start, channels);
            Supplier<Tensor> shift = layers.constant(name + names.shift, 0, channels);
            Supplier<Tensor> mean = layers.statistic(name + names.mean, 0, channels);
            Supplier<Tensor> variance = layers.statistic(name + names.variance, 1, channels);
            return x -> layers.passed(
                    name,
                    new Tensor(torch.batch_norm(
                            x.raw,
                            optional(scale),
                            optional(shift),
                            optional(mean),
                            optional(variance),
                            layers.followsBatch(name),
                            momentum,
                            epsilon,
                            false)));
        }
    }

    /**
     * By fixed numbers: scale, shift, mean and variance come with pretrained weights and stay as they are in training
     * too, which suits batches of few images. The optimizer never sees them: all four are statistics.
     *
     * @param epsilon added to the variance, at least 0
     */
    record Frozen(double epsilon) implements Norm {
        /** The epsilon of PyTorch's batch normalisation. */
        public static final Frozen PYTORCH = new Frozen(1e-5);

        /** That of torchvision's published {@code retinanet_resnet50_fpn} and {@code fasterrcnn_resnet50_fpn}. */
        public static final Frozen WITHOUT_EPSILON = new Frozen(0);

        @Override
        public String kind() {
            return "frozen";
        }

        @Override
        public Block block(Layers layers, String name, int channels, double start, Names names) {
            Supplier<Tensor> scale = layers.statistic(name + names.scale, start, channels);
            Supplier<Tensor> shift = layers.statistic(name + names.shift, 0, channels);
            Supplier<Tensor> mean = layers.statistic(name + names.mean, 0, channels);
            Supplier<Tensor> variance = layers.statistic(name + names.variance, 1, channels);
            return x -> layers.passed(
                    name,
                    new Tensor(torch.batch_norm(
                            x.raw,
                            optional(scale),
                            optional(shift),
                            optional(mean),
                            optional(variance),
                            false,
                            0,
                            epsilon,
                            false)));
        }
    }

    /**
     * Over groups of channels of one image; Wu and He, arXiv 1803.08494. Independent of the batch's size.
     *
     * @param groups number of groups, a divisor of the channels
     * @param epsilon added to the variance, above 0
     */
    record Group(int groups, double epsilon) implements Norm {
        /** The 32 groups of published detectors. */
        public static final Group OF_32 = new Group(32, 1e-5);

        @Override
        public String kind() {
            return "group";
        }

        @Override
        public Block block(Layers layers, String name, int channels, double start, Names names) {
            if (channels % groups != 0) {
                throw new ParfocalException(name + ": " + channels + " channels do not divide into " + groups
                        + " groups; choose a width that is a multiple of " + groups);
            }
            Supplier<Tensor> scale = layers.constant(name + names.scale, start, channels);
            Supplier<Tensor> shift = layers.constant(name + names.shift, 0, channels);
            return x -> layers.passed(
                    name,
                    new Tensor(torch.group_norm(x.raw, groups, optional(scale), optional(shift), epsilon, false)));
        }
    }

    /** None: the convolution has a bias instead, as in weights into which a batch normalisation was folded. */
    record None() implements Norm {
        @Override
        public String kind() {
            return "none";
        }

        @Override
        public Block block(Layers layers, String name, int channels, double start, Names names) {
            return x -> x;
        }

        @Override
        public boolean needsBias() {
            return true;
        }
    }

    private static TensorOptional optional(Supplier<Tensor> weight) {
        return new TensorOptional(weight.get().raw);
    }
}
