package dev.parfocal.training.record;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of each step beside losses, norms and times. Nothing of it changes the result.
 *
 * @param statistics where the classification gradient comes from, histograms of p_t, saturation
 * @param tensorboard event files for TensorBoard in the run's folder
 * @param signals steps from one to the next of which the signals of its losses are recorded, at least 1; absent: none are
 */
public record RecordConfig(
        boolean statistics, boolean tensorboard, @Nullable Integer signals) {
    /** What costs next to nothing. */
    public static final RecordConfig DEFAULT = new RecordConfig(true, true, null);

    /** Checks the range. */
    public RecordConfig {
        if (signals != null && signals < 1) {
            throw new ParfocalException("record.signals must be at least 1, but is " + signals);
        }
    }

    /** Whether the signals of a step are recorded; steps count from 1. */
    public boolean recordsSignals(long step) {
        return signals != null && (step - 1) % signals == 0;
    }
}
