package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.WeightSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the names and shapes of weights say about the network that they belong to; empty where they say nothing.
 *
 * @param blocks residual blocks in each stage of a ResNet
 * @param bottleneck whether those are bottlenecks, of three convolutions
 * @param widths channels that each stage gives
 * @param pyramid channels of a feature pyramid
 * @param classes including a class for background or one that is never used, where the architecture has those
 * @param anchors for each cell
 * @param decoderLayers layers of a transformer's decoder
 * @param hidden a transformer's {@code d_model}
 */
public record WeightShape(
        Optional<List<Integer>> blocks,
        Optional<Boolean> bottleneck,
        Optional<List<Integer>> widths,
        Optional<Integer> pyramid,
        Optional<Integer> classes,
        Optional<Integer> anchors,
        Optional<Integer> decoderLayers,
        Optional<Integer> hidden) {
    private static final Map<String, Integer> DEPTHS = Map.of(
            "[2, 2, 2, 2] false",
            18,
            "[3, 4, 6, 3] false",
            34,
            "[3, 4, 6, 3] true",
            50,
            "[3, 4, 23, 3] true",
            101,
            "[3, 8, 36, 3] true",
            152);
    private static final int BOX_SIDES = 4;

    /** Reads it off a file's tensors. */
    public static WeightShape of(WeightSource source) {
        TensorShapes shapes = TensorShapes.of(source);
        Optional<ResidualStages> stages = ResidualStages.of(shapes);
        Optional<Integer> anchors = shapes.outputs("head.regression_head.bbox_reg.weight", "rpn.head.bbox_pred.weight")
                .map(r -> r / BOX_SIDES);
        return new WeightShape(
                stages.map(ResidualStages::blocks),
                stages.map(ResidualStages::bottleneck),
                stages.map(ResidualStages::widths),
                shapes.outputs(
                        "fpn.layer_blocks.0.0.weight", "fpn.layer_blocks.0.weight", "fpn.lateral_convs.0.conv.weight"),
                classes(shapes, anchors),
                anchors,
                shapes.count("decoder.layers."),
                shapes.outputs("encoder_input_proj.0.0.weight"));
    }

    private static Optional<Integer> classes(TensorShapes shapes, Optional<Integer> anchors) {
        return shapes.outputs("head.classification_head.cls_logits.weight")
                .map(r -> r / Math.max(1, anchors.orElse(1)))
                .or(() -> shapes.outputs(
                        "roi_heads.box_predictor.cls_score.weight", "head.cls_preds.0.weight", "enc_score_head.weight"))
                .or(() -> nanoDetClasses(shapes));
    }

    /** NanoDet's last layer gives scores and, for each side, bins; how many, a constant beside the weights says. */
    private static Optional<Integer> nanoDetClasses(TensorShapes shapes) {
        Optional<Integer> bins = shapes.outputs("distribution_project.project", "integral.project");
        return bins.flatMap(b -> shapes.outputs("head.gfl_cls.0.weight").map(r -> r - BOX_SIDES * b));
    }

    /** 18, 34, 50, 101 or 152, if it is a ResNet of a published depth. */
    public Optional<Integer> resNetDepth() {
        return blocks.flatMap(b -> bottleneck.map(neck -> b + " " + neck)).map(DEPTHS::get);
    }

    /** One line for a reader, such as {@code ResNet-50, pyramid of 256 channels, 91 classes}; empty if nothing is known. */
    public String describe() {
        return Stream.of(
                        resNetDepth().map(d -> "ResNet-" + d).or(() -> blocks.map(b -> "residual blocks " + b)),
                        widths.map(w -> "stages of " + w + " channels"),
                        pyramid.map(p -> "pyramid of " + p + " channels"),
                        hidden.map(h -> "transformer of " + h + " channels"),
                        decoderLayers.map(d -> d + " decoder layers"),
                        anchors.map(a -> a + " anchors a cell"),
                        classes.map(c -> c + " classes"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
