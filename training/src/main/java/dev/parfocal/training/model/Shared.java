package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What every output of a model is computed from, and the way there.
 *
 * @param features that all outputs share: the pyramid's levels, finest first, say
 * @param after the weights between these features and the outputs: those of the heads
 * @param places that gradients pass on their way back, by name in the order of the forward pass: {@code backbone.stage3},
 *     {@code pyramid.stride8}, {@code attention.stride32}, {@code decoder2}, {@code head.classes}
 */
public record Shared(List<Tensor> features, List<Tensor> after, Map<String, List<Tensor>> places) {

    /** Of outputs that come from nowhere. */
    public static final Shared NOTHING = new Shared(List.of(), List.of(), Map.of());

    /** Features and the places on the way; {@link DetectorModel} knows the weights. */
    public Shared(List<Tensor> features, Map<String, List<Tensor>> places) {
        this(features, List.of(), places);
    }
}
