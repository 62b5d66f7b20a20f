package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;

/**
 * How one part of a model follows its gradients, where that differs from the rest.
 *
 * @param rate what its learning rate is multiplied by, above 0; null: by nothing
 * @param freeze in how many of the first epochs its weights and running statistics stay as they are, at least 1; null: in
 *     none
 */
public record PartConfig(@Nullable Double rate, @Nullable Integer freeze) {
    /** Like the rest. */
    public static final PartConfig NONE = new PartConfig(null, null);

    /**
     * Whether the part is frozen.
     *
     * @param epoch from 0
     */
    public boolean frozen(int epoch) {
        return freeze != null && epoch < freeze;
    }

    /** Checks the ranges. */
    public PartConfig {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new ParfocalException("optimizer.parts: rate must be above 0, but is " + rate
                    + "; a part that is not to learn is frozen: freeze=EPOCHS");
        }
        if (freeze != null && freeze < 1) {
            throw new ParfocalException("optimizer.parts: freeze must be at least 1 epoch, but is " + freeze
                    + "; leave it out to freeze nothing");
        }
    }
}
