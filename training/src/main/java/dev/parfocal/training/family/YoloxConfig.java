package dev.parfocal.training.family;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.backbone.CspDarknet;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.Activation;
import dev.parfocal.training.block.ConvModules;
import dev.parfocal.training.block.ConvNorm;
import dev.parfocal.training.box.CellCode;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.head.YoloxHead;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Scoring;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.CspPan;
import dev.parfocal.training.neck.LevelAttention;
import dev.parfocal.training.weights.TensorShapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The measures of a YOLOX, with the names of weights of Megvii's. Ge et al., arXiv 2107.08430. Width 24 and depth 1 is
 * YOLOX-tiny, 32 and 1 YOLOX-s, 48 and 2 YOLOX-m; the head has four times the width for tiny, s and m.
 *
 * @param input width and height that images are fitted to
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param width channels of the stem; the maps of strides 8, 16 and 32 have 4, 8 and 16 times as many
 * @param depth bottlenecks of the first stage; the next two have three times as many
 * @param neck the pyramid of strides 8, 16 and 32, as wide as the maps
 * @param head channels of the head on every level
 * @param norm behind every convolution
 */
public record YoloxConfig(
        InputSize input, Pixels pixels, Precision precision, int width, int depth, Neck neck, int head, Norm norm)
        implements ModelConfig {

    private static final String PYRAMID = "backbone.";
    private static final String BODY = PYRAMID + "backbone.";
    private static final String HEAD = "head.";

    /** Two thirds of YOLOX-tiny's width, for images of 320 × 256. */
    public static final YoloxConfig DEFAULT = new YoloxConfig(
            new InputSize(320, 256),
            Pixels.YOLOX,
            Precision.FLOAT32,
            16,
            1,
            Neck.PLAIN,
            64,
            new Norm.Batch(1e-3, 0.03));

    /**
     * The pyramid's measures.
     *
     * @param attention strides of the levels whose pixels attend to each other; none: no attention
     */
    public record Neck(List<Integer> attention) {
        /** Without attention. */
        static final Neck PLAIN = new Neck(List.of());

        /** Checks that there are such levels. */
        public Neck {
            attention = List.copyOf(new TreeSet<>(attention));
            LevelAttention.require(attention, CspPan.STRIDES);
        }
    }

    /** Checks the ranges. */
    public YoloxConfig {
        if (width < 1 || depth < 1 || head < 1) {
            throw new ParfocalException(
                    "model: width (" + width + "), depth (" + depth + ") and head (" + head + ") must be at least 1");
        }
    }

    @Override
    public String kind() {
        return "yolox";
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = new LinkedHashMap<>();
        slots.put("classification", Slot.CLASSES_OF_OBJECTS);
        slots.put(YoloxHead.OBJECTNESS, Slot.OBJECTNESS);
        slots.put("box", Slot.BOXES);
        slots.put("coordinates", Slot.BOXES);
        Scoring scoring = Scoring.PLAIN.times(YoloxHead.OBJECTNESS, 1);
        return List.of(new OutputSpec(OutputSpec.ONLY, Priors.Kind.CELLS, slots, 1, Columns.CLASSES, scoring, false));
    }

    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        Map<String, Object> measures = new LinkedHashMap<>();
        weights.outputs(BODY + "stem.conv.conv.weight").ifPresent(channels -> measures.put("width", channels));
        weights.count(BODY + "dark2.1.m.").ifPresent(bottlenecks -> measures.put("depth", bottlenecks));
        weights.outputs(HEAD + "stems.0.conv.weight").ifPresent(channels -> measures.put("head", channels));
        LevelAttention.strides(weights).ifPresent(strides -> measures.put("neck.attention", strides));
        if (weights.has(BODY + "stem.conv.conv.bias")) {
            measures.put("norm.kind", new Norm.None().kind());
        }
        return measures;
    }

    @Override
    public Network network(Layers layers, Start start) {
        ConvModules modules = new ConvModules(new ConvNorm(layers, norm, Initializer.HE), Activation.SILU);
        CspDarknet body = new CspDarknet(modules, BODY, width, depth);
        CspPan pan = new CspPan(modules, PYRAMID, body.levels(), depth, neck.attention());
        int[] strides = pan.levels().stream().mapToInt(Level::stride).toArray();
        return new PyramidNetwork(
                pixels,
                body,
                pan,
                new YoloxHead(modules, HEAD, pan.levels(), head, start.classCount(), start.prior(OutputSpec.ONLY)),
                (width, height, columns, rows) -> Priors.ofMaps(columns, rows, strides),
                new CellCode());
    }
}
