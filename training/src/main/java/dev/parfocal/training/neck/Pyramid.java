package dev.parfocal.training.neck;

import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a neck makes of a backbone's maps.
 *
 * @param levels finest first: one map for each of {@link Neck#levels}
 * @param attended maps as their attention gave them, by stride, finest first; empty without attention
 */
public record Pyramid(List<Tensor> levels, Map<Integer, Tensor> attended) {}
