package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
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

    /** The slot of the loss on the classes. */
    static final String CLASSIFICATION = "classification";

    /** The slot of the loss on boxes. */
    static final String BOX = "box";

    /** Keeps the order of the losses. */
    public Supervision {
        losses = new LinkedHashMap<>(losses);
    }

    /** The loss on the classes. */
    public LossComponent classification() {
        LossComponent loss = losses.get(CLASSIFICATION);
        if (loss == null) {
            throw new ParfocalException("a loss called classification is needed, but there are " + losses.keySet());
        }
        return loss;
    }
}
