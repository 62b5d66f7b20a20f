package dev.parfocal.training.backbone;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.weights.ResidualStages;
import dev.parfocal.training.weights.TensorShapes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The measures of a {@link ResNet}.
 *
 * @param residual kind of its residual blocks
 * @param depths residual blocks of the four stages, at strides 4, 8, 16, 32; each at least 1
 * @param width channels of the stem; the stages have 1, 2, 4 and 8 times as many, in bottlenecks four times that
 * @param norm behind every convolution
 * @param finest the finest map that it returns: 1 for the stage of stride 4 to 4 for stride 32
 */
public record ResNetConfig(Residual residual, List<Integer> depths, int width, Norm norm, int finest) {
    private static final int STAGES = 4;
    private static final int COCO_CLASSES = 91;

    /** The kinds of residual block. */
    public enum Residual {
        /** Two 3×3 convolutions. */
        BASIC(1),
        /** 1×1, 3×3 and 1×1, of which the last has four times the channels. */
        BOTTLENECK(4);

        private final int expansion;

        Residual(int expansion) {
            this.expansion = expansion;
        }

        /** Channels that leave the block, for one within. */
        public int expansion() {
            return expansion;
        }
    }

    /** ResNet-18 with frozen normalisation and maps of strides 8, 16 and 32: 11.2 million parameters. */
    public static final ResNetConfig RESNET18 =
            new ResNetConfig(Residual.BASIC, List.of(2, 2, 2, 2), 64, Norm.Frozen.PYTORCH, 2);

    /** ResNet-34, likewise: 21.3 million parameters. */
    public static final ResNetConfig RESNET34 =
            new ResNetConfig(Residual.BASIC, List.of(3, 4, 6, 3), 64, Norm.Frozen.PYTORCH, 2);

    /** ResNet-50, likewise: 23.5 million parameters. */
    public static final ResNetConfig RESNET50 =
            new ResNetConfig(Residual.BOTTLENECK, List.of(3, 4, 6, 3), 64, Norm.Frozen.PYTORCH, 2);

    /** Checks the ranges. */
    public ResNetConfig {
        if (depths.size() != STAGES || depths.stream().anyMatch(d -> d < 1)) {
            throw new ParfocalException("backbone.depths must be four positive numbers, but is " + depths);
        }
        if (width < 1 || finest < 1 || finest > 4) {
            throw new ParfocalException(
                    "backbone: width must be at least 1 (is " + width + "), finest 1 to 4 (is " + finest + ")");
        }
        depths = List.copyOf(depths);
    }

    /** What weights say about these measures, by key; empty if they have no ResNet of four stages. */
    public static Map<String, Object> measures(TensorShapes weights) {
        return ResidualStages.of(weights)
                .filter(stages -> stages.blocks().size() == STAGES)
                .map(ResNetConfig::measures)
                .orElse(Map.of());
    }

    /**
     * The normalisation of torchvision's first COCO weights of RetinaNet and Faster R-CNN, which alone do without epsilon: they
     * tell 91 classes apart on a ResNet-50 whose normalisation was frozen. Nothing for other weights.
     *
     * @param classes that the weights tell apart, the background among them
     */
    public static Map<String, Object> cocoNorm(TensorShapes weights, int classes) {
        boolean resNet50 = ResidualStages.of(weights)
                .filter(stages -> stages.bottleneck() && stages.blocks().equals(RESNET50.depths))
                .isPresent();
        boolean frozen = weights.byName().keySet().stream().noneMatch(name -> name.endsWith("num_batches_tracked"));
        return classes == COCO_CLASSES && resNet50 && frozen
                ? Map.of("norm.kind", Norm.Frozen.WITHOUT_EPSILON.kind(), "norm.epsilon", 0.0)
                : Map.of();
    }

    private static Map<String, Object> measures(ResidualStages stages) {
        Residual residual = stages.bottleneck() ? Residual.BOTTLENECK : Residual.BASIC;
        return Map.of(
                "residual",
                residual.name().toLowerCase(Locale.ROOT),
                "depths",
                stages.blocks(),
                "width",
                stages.widths().get(0) / residual.expansion());
    }

    /** Strides of the maps that it returns, finest first. */
    public List<Integer> strides() {
        return IntStream.rangeClosed(finest, STAGES)
                .mapToObj(stage -> 2 << stage)
                .toList();
    }

    /** Channels that leave the given stage, 1 to 4. */
    int channels(int stage) {
        return width(stage) * residual.expansion();
    }

    /** Channels within the given stage's blocks, 1 to 4. */
    int width(int stage) {
        return width << (stage - 1);
    }
}
