package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.Weights;
import java.util.Map;

/** A rule by which weights follow their gradients, with its memory of earlier steps. */
public sealed interface Optimizer permits DecoupledAdam, NesterovSgd {
    /**
     * Takes a step. The memory follows the gradients of all weights, of those too that stay where they are.
     *
     * @param motion which weights move
     * @param step from 1
     */
    void step(Weights weights, Motion motion, double learningRate, long step);

    /** Its memory by name: tensors {@code [parameters]} that {@link #restore} takes back. */
    Map<String, Tensor> memory();

    /** Takes back what {@link #memory} held when a file was written. */
    default void restore(TensorFile file) {
        memory().forEach((name, tensor) -> tensor.set(file.values(name, tensor.elements())));
    }
}
