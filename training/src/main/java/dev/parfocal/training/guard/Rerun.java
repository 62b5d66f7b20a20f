package dev.parfocal.training.guard;

import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.engine.Tensor;
import java.util.Map;

/** A step that can be taken again, exactly as the run takes it. */
public interface Rerun {

    /**
     * Forward, losses and backward; the gradients of weights are added to those of the model.
     *
     * @param watch is shown the numbers on their way
     */
    LossReport gradients(StepWatch watch);

    /** Clips the gradients and moves the weights. */
    void update();

    /** The optimiser's memory by name. */
    Map<String, Tensor> memory();
}
