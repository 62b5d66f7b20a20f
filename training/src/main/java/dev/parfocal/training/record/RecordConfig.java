package dev.parfocal.training.record;

/**
 * What is recorded of each step beside losses, norms and times. Nothing of it changes the result.
 *
 * @param statistics where the classification gradient comes from, histograms of p_t, saturation
 * @param tensorboard event files for TensorBoard in the run's folder
 */
public record RecordConfig(boolean statistics, boolean tensorboard) {
    /** Everything. */
    public static final RecordConfig DEFAULT = new RecordConfig(true, true);
}
