package dev.parfocal.training.family;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.backbone.ResNetConfig;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.neck.CoarserLevels;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.weights.ResidualStages;
import dev.parfocal.training.weights.TensorShapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The measures that torchvision's one-stage detectors share, a ResNet with a pyramid and two towers. */
final class TorchvisionPyramid {
    private static final String TOWER = "head.classification_head.conv.";

    private TorchvisionPyramid() {}

    /**
     * Checks their ranges.
     *
     * @throws ParfocalException if one is outside
     */
    static void require(ResNetConfig backbone, NeckConfig neck, CoarserLevels coarser, int tower) {
        if (tower < 0 || coarser.count() != 2) {
            throw new ParfocalException(
                    "model: tower must be at least 0 (is " + tower + "), coarser p6_p7_from_p5 or p6_p7_from_c5");
        }
        neck.requireLevels(coarser.strides(backbone.strides()));
    }

    /** What weights say about them. */
    static Map<String, Object> measures(TensorShapes weights) {
        Map<String, Object> measures = new LinkedHashMap<>();
        ResNetConfig.measures(weights).forEach((key, value) -> measures.put("backbone." + key, value));
        Optional<Integer> width = weights.outputs("fpn.layer_blocks.0.0.weight", "fpn.layer_blocks.0.weight");
        measures.putAll(NeckConfig.measures(weights, width));
        width.flatMap(neck -> coarser(weights, neck)).ifPresent(coarser -> measures.put("coarser", name(coarser)));
        weights.kernels(TOWER).ifPresent(tower -> {
            measures.put("tower", tower);
            boolean normalized = weights.has(TOWER + "0.1.weight") || weights.has(TOWER + "1.weight");
            measures.put("headNorm.kind", (normalized ? Norm.Group.OF_32 : new Norm.None()).kind());
        });
        return measures;
    }

    /** What P6 is made from, by its channels; they say nothing where the backbone and the pyramid have equally many. */
    private static Optional<CoarserLevels> coarser(TensorShapes weights, int neck) {
        List<Integer> widths =
                ResidualStages.of(weights).map(ResidualStages::widths).orElse(List.of());
        Optional<Integer> inputs = weights.inputs("fpn.extra_blocks.p6.weight");
        return inputs.filter(channels -> widths.isEmpty() || widths.get(widths.size() - 1) != neck)
                .map(channels -> channels == neck ? CoarserLevels.P6_P7_FROM_P5 : CoarserLevels.P6_P7_FROM_C5);
    }

    private static String name(CoarserLevels coarser) {
        return coarser.name().toLowerCase(Locale.ROOT);
    }
}
