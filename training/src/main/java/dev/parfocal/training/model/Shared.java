package dev.parfocal.training.model;

import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every output of a model is computed from, and the way there.
 *
 * @param features that all outputs share: the pyramid's levels, finest first, say
 * @param after the weights between these features and the outputs: those of the heads
 * @param places that gradients pass on their way back, by name in the order of the forward pass: {@code backbone.stride16},
 *     {@code pyramid.stride8}, {@code attention.stride32}, {@code decoder2}, {@code head.classes}
 */
public record Shared(List<Tensor> features, List<Tensor> after, Map<String, List<Tensor>> places) {

    /** Of outputs that come from nowhere. */
    public static final Shared NOTHING = new Shared(List.of(), List.of(), Map.of());

    /** Features and the places on the way; {@link DetectorModel} knows the weights. */
    public Shared(List<Tensor> features, Map<String, List<Tensor>> places) {
        this(features, List.of(), places);
    }

    /**
     * The maps of a backbone and what a neck makes of them as places: {@code backbone.stride8}, {@code attention.stride8},
     * {@code pyramid.stride8}.
     */
    public static Map<String, List<Tensor>> places(Backbone backbone, List<Tensor> maps, Neck neck, Pyramid pyramid) {
        Map<String, List<Tensor>> places = new LinkedHashMap<>();
        put(places, "backbone.stride", backbone.levels(), maps);
        pyramid.attended().forEach((stride, map) -> places.put("attention.stride" + stride, List.of(map)));
        put(places, "pyramid.stride", neck.levels(), pyramid.levels());
        return places;
    }

    private static void put(Map<String, List<Tensor>> places, String prefix, List<Level> levels, List<Tensor> maps) {
        for (int i = 0; i < maps.size(); i++) {
            places.put(prefix + levels.get(i).stride(), List.of(maps.get(i)));
        }
    }
}
