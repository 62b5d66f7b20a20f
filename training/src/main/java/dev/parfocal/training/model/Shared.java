package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.util.List;

/**
 * What every output of a model is computed from.
 *
 * @param features the pyramid's levels {@code [batch, channels, height, width]}, finest first
 * @param after the weights between these features and the outputs: those of the head
 */
public record Shared(List<Tensor> features, List<Tensor> after) {

    /** Of outputs that come from nowhere. */
    public static final Shared NOTHING = new Shared(List.of(), List.of());
}
