package dev.parfocal.training.criterion;

import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.training.engine.Tensor;
import java.util.Map;

/**
 * What a task sends back to one output of the model.
 *
 * @param values of the components whose gradients are summed up in it
 * @param output the model's
 * @param gradient of the output's shape
 */
public record Contribution(Map<String, Evaluation> values, Tensor output, Tensor gradient) {

    /** Of one component. */
    public static Contribution of(String component, Evaluation value, Tensor output, Tensor gradient) {
        return new Contribution(Map.of(component, value), output, gradient);
    }
}
