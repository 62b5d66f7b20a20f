package dev.parfocal.training.family;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.backbone.CspNet;
import dev.parfocal.training.backbone.CspNetConfig;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.box.DistributionCode;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.head.NanoDetHead;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.BilinearPan;
import dev.parfocal.training.neck.NeckConfig;
import dev.parfocal.training.weights.TensorShapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The measures of a NanoDet-g, with NanoDet's names of weights. Boxes are distributions: Li et al., GFL, arXiv 2006.04388.
 *
 * @param input width and height that images are fitted to
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param backbone its CSP network, whose normalisation all layers have
 * @param neck the pyramid, of strides 8, 16 and 32
 * @param tower 3×3 convolutions in the head of each level
 * @param regMax the farthest bin of a side's distribution, in strides
 */
public record NanoDetConfig(
        InputSize input,
        Pixels pixels,
        Precision precision,
        CspNetConfig backbone,
        NeckConfig neck,
        int tower,
        int regMax)
        implements ModelConfig {

    private static final List<Integer> STRIDES = List.of(8, 16, 32);
    private static final String BODY = "backbone.";
    private static final String PYRAMID = "fpn.";
    private static final String HEAD = "head.";

    /** NanoDet-g for images of 320 × 256. */
    public static final NanoDetConfig DEFAULT = new NanoDetConfig(
            new InputSize(320, 256),
            Pixels.NANODET,
            Precision.FLOAT32,
            CspNetConfig.NANODET_G,
            NeckConfig.of(128),
            1,
            10);

    /** Checks the ranges. */
    public NanoDetConfig {
        if (tower < 0 || regMax < 1 || regMax > 64) {
            throw new ParfocalException(
                    "model: tower must be at least 0 (is " + tower + "), regMax 1 to 64 (is " + regMax + ")");
        }
        neck.requireLevels(STRIDES);
    }

    @Override
    public String kind() {
        return "nanodet";
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = OutputSpec.usualSlots("distribution", Slot.BINS);
        return List.of(new OutputSpec(OutputSpec.ONLY, Priors.Kind.CELLS, slots, regMax + 1));
    }

    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        Map<String, Object> measures = new LinkedHashMap<>();
        weights.outputs(BODY + "stages.0.conv.weight").ifPresent(width -> measures.put("backbone.width", width));
        List<Integer> depths = IntStream.range(2, 6)
                .mapToObj(stage -> weights.count(BODY + "stages." + stage + ".res_blocks."))
                .flatMap(Optional::stream)
                .toList();
        if (depths.size() == 4) {
            measures.put("backbone.depths", depths);
        }
        if (weights.has(BODY + "stages.0.conv.bias")) {
            measures.put("backbone.norm.kind", new Norm.None().kind());
        }
        measures.putAll(NeckConfig.measures(weights, weights.outputs(PYRAMID + "lateral_convs.0.conv.weight")));
        weights.kernels(HEAD + "cls_convs.0.").ifPresent(tower -> measures.put("tower", tower));
        weights.outputs("distribution_project.project").ifPresent(bins -> measures.put("regMax", bins - 1));
        return measures;
    }

    @Override
    public Network network(Layers layers, Start start) {
        CspNet body = new CspNet(layers, BODY, backbone);
        BilinearPan pan = new BilinearPan(layers, PYRAMID, body.levels(), neck, backbone.norm());
        int[] strides = pan.levels().stream().mapToInt(Level::stride).toArray();
        return new PyramidNetwork(
                pixels,
                body,
                pan,
                new NanoDetHead(
                        layers,
                        HEAD,
                        new NanoDetHead.Measures(strides.length, neck.width(), tower, regMax, backbone.norm()),
                        start.classCount(),
                        start.prior(OutputSpec.ONLY)),
                (width, height, columns, rows) -> Priors.ofMaps(columns, rows, strides),
                new DistributionCode(regMax));
    }
}
