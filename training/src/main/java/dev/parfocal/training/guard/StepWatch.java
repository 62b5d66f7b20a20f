package dev.parfocal.training.guard;

import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.model.Prediction;
import java.util.List;

/** Is shown the numbers of a step on their way; what it is shown lives no longer than the call. */
public interface StepWatch {
    /** Does not look. */
    StepWatch NONE = new StepWatch() {};

    /** The model's outputs, before the losses are evaluated. */
    default void outputs(Prediction prediction) {}

    /** What the losses send back to the outputs, before the engine's backward pass. */
    default void upstream(MatchedBatch batch, List<Contribution> contributions) {}

    /** The engine's backward pass is done. */
    default void done() {}
}
