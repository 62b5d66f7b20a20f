package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.WeightSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern BLOCK = Pattern.compile(
            "(?:.+\\.)?(?:layer(\\d{1,4})\\.(\\d{1,4})\\.conv(\\d)|stages\\.(\\d{1,4})\\.layers\\.(\\d{1,4})\\.layer\\.(\\d{1,4})\\.convolution)\\.weight");
    private static final Pattern DECODER_LAYER = Pattern.compile("(?:.+\\.)?decoder\\.layers\\.(\\d+)\\..+");
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
        Map<String, List<Long>> shapes = new HashMap<>();
        source.tensors().forEach((name, info) -> shapes.put(name, info.shape()));
        Stages stages = Stages.of(shapes);
        Optional<Integer> anchors = rows(shapes, "head.regression_head.bbox_reg.weight", "rpn.head.bbox_pred.weight")
                .map(r -> r / BOX_SIDES);
        long layers = shapes.keySet().stream()
                .map(DECODER_LAYER::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .distinct()
                .count();
        return new WeightShape(
                stages.blocks(),
                stages.bottleneck(),
                stages.widths(),
                rows(
                        shapes,
                        "fpn.layer_blocks.0.0.weight",
                        "fpn.layer_blocks.0.weight",
                        "fpn.lateral_convs.0.conv.weight"),
                classes(shapes, anchors),
                anchors,
                layers == 0 ? Optional.empty() : Optional.of((int) layers),
                rows(shapes, "encoder_input_proj.0.0.weight"));
    }

    private static Optional<Integer> classes(Map<String, List<Long>> shapes, Optional<Integer> anchors) {
        return rows(shapes, "head.classification_head.cls_logits.weight")
                .map(r -> r / Math.max(1, anchors.orElse(1)))
                .or(() -> rows(
                        shapes,
                        "roi_heads.box_predictor.cls_score.weight",
                        "head.cls_preds.0.weight",
                        "enc_score_head.weight"))
                .or(() -> nanoDetClasses(shapes));
    }

    /** NanoDet's last layer gives scores and, for each side, bins; how many, a constant beside the weights says. */
    private static Optional<Integer> nanoDetClasses(Map<String, List<Long>> shapes) {
        Optional<Integer> bins = rows(shapes, "distribution_project.project", "integral.project");
        return bins.flatMap(b -> rows(shapes, "head.gfl_cls.0.weight").map(r -> r - BOX_SIDES * b));
    }

    /** The first dimension of the first of these tensors that is there, whatever prefix its name has. */
    private static Optional<Integer> rows(Map<String, List<Long>> shapes, String... names) {
        return Stream.of(names)
                .flatMap(name -> shapes.entrySet().stream()
                        .filter(e -> e.getKey().equals(name) || e.getKey().endsWith("." + name))
                        .filter(e -> !e.getValue().isEmpty())
                        .map(e -> e.getValue().get(0).intValue()))
                .findFirst();
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

    private record Stages(
            Optional<List<Integer>> blocks, Optional<Boolean> bottleneck, Optional<List<Integer>> widths) {
        static Stages of(Map<String, List<Long>> shapes) {
            Map<Integer, TreeSet<Integer>> found = new TreeMap<>();
            Map<Integer, Integer> widths = new TreeMap<>();
            Map<Integer, Integer> lastConvolution = new HashMap<>();
            shapes.forEach((name, shape) -> {
                Matcher matcher = BLOCK.matcher(name);
                if (matcher.matches() && !shape.isEmpty()) {
                    int first = matcher.group(1) != null ? 1 : 4;
                    int stage = Integer.parseInt(matcher.group(first));
                    int convolution = Integer.parseInt(matcher.group(first + 2)) + (first == 1 ? 0 : 1);
                    found.computeIfAbsent(stage, s -> new TreeSet<>()).add(Integer.parseInt(matcher.group(first + 1)));
                    if (lastConvolution.merge(stage, convolution, Math::max) == convolution) {
                        widths.put(stage, shape.get(0).intValue());
                    }
                }
            });
            if (found.isEmpty()) {
                return new Stages(Optional.empty(), Optional.empty(), Optional.empty());
            }
            return new Stages(
                    Optional.of(found.values().stream().map(TreeSet::size).toList()),
                    Optional.of(lastConvolution.values().stream().allMatch(c -> c == 3)),
                    Optional.of(List.copyOf(widths.values())));
        }
    }
}
