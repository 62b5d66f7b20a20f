package dev.parfocal.training.detr;

import dev.parfocal.training.weights.ResidualStages;
import dev.parfocal.training.weights.TensorShapes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the weights of Hugging Face's RT-DETR say about its measures, by either of the names that they have had. */
final class RtDetrMeasures {
    /** Levels that each head of the decoder looks at, and coordinates of a point. */
    private static final int COORDINATES = 3 * 2;

    private static final String LAYER = "decoder.layers.0.";

    private RtDetrMeasures() {}

    /**
     * Values by key.
     *
     * @param heads of the decoder's attention
     */
    static Map<String, Object> of(TensorShapes weights, int heads) {
        Map<String, Object> measures = new LinkedHashMap<>();
        if (!weights.has("encoder_input_proj.0.0.weight")) {
            return measures;
        }
        ResidualStages.of(weights).ifPresent(stages -> {
            ResidualLayer layer = stages.bottleneck() ? ResidualLayer.BOTTLENECK : ResidualLayer.BASIC;
            measures.put("backbone.layer", layer.name().toLowerCase(Locale.ROOT));
            measures.put("backbone.widths", stages.widths());
            measures.put("backbone.depths", stages.blocks());
        });
        put(measures, "backbone.stem", weights.outputs("embedder.embedder.2.convolution.weight"));
        Optional<Integer> width = weights.outputs("encoder_input_proj.0.0.weight");
        put(measures, "encoder.width", width);
        Optional<Integer> inner = weights.outputs("encoder.fpn_blocks.0.conv1.conv.weight");
        inner.ifPresent(channels -> measures.put("encoder.expansion", channels / (double) width.orElseThrow()));
        Optional<Integer> attention =
                weights.count("encoder.aifi.0.layers.").or(() -> weights.count("encoder.encoder.0.layers."));
        measures.put("encoder.layers", attention.orElse(0));
        put(
                measures,
                "encoder.feedForward",
                weights.outputs("encoder.aifi.0.layers.0.mlp.fc1.weight", "encoder.encoder.0.layers.0.fc1.weight"));
        put(measures, "decoder.width", weights.outputs("decoder_input_proj.0.0.weight"));
        put(measures, "decoder.layers", weights.count("decoder.layers."));
        put(measures, "decoder.feedForward", weights.outputs(LAYER + "mlp.fc1.weight", LAYER + "fc1.weight"));
        put(
                measures,
                "decoder.points",
                weights.outputs(LAYER + "encoder_attn.sampling_offsets.weight")
                        .map(numbers -> numbers / COORDINATES / heads));
        return measures;
    }

    private static void put(Map<String, Object> measures, String key, Optional<Integer> value) {
        value.ifPresent(number -> measures.put(key, number));
    }
}
