package dev.parfocal.training.family;

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

/** What the weights of torchvision's one-stage detectors, a ResNet with a pyramid and two towers, say about their measures. */
final class TorchvisionPyramid {
    private static final String TOWER = "head.classification_head.conv.";

    private TorchvisionPyramid() {}

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
