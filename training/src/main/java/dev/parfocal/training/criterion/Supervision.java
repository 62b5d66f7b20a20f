package dev.parfocal.training.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What teaches an output.
 *
 * @param assigner gives its priors to objects
 * @param sampler chooses which priors are learnt from; absent: all that the assigner does not ignore
 * @param losses by slot, in their order
 */
public record Supervision(AssignerConfig assigner, @Nullable SamplerConfig sampler, Map<String, LossComponent> losses) {

    /** Keeps the order of the losses. */
    public Supervision {
        losses = new LinkedHashMap<>(losses);
    }
}
