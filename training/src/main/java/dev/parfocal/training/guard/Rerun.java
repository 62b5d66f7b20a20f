package dev.parfocal.training.guard;

import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Prediction;
import java.util.Map;
import java.util.function.Consumer;

/** A step that can be taken again, exactly as the run takes it. */
public interface Rerun {

    /**
     * Forward, losses and backward; the gradients of weights are added to those of the model.
     *
     * @param seen is shown the model's outputs before the losses are evaluated
     */
    LossReport gradients(Consumer<Prediction> seen);

    /** Clips the gradients and moves the weights. */
    void update();

    /** The optimiser's memory by name. */
    Map<String, Tensor> memory();
}
