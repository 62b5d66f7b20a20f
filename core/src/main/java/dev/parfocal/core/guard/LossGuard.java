package dev.parfocal.core.guard;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;

/** Stops a loss that is not finite before its gradient reaches any weight, and says where it is not. */
public final class LossGuard {

    private LossGuard() {}

    /**
     * Evaluates a loss as {@link LossFunction#evaluate} does, and looks at what it gave.
     *
     * @param role what the loss is called in the message, {@code classification} say
     * @throws NonFiniteLossException if its value or a number of its gradient is not finite
     */
    public static Evaluation evaluate(
            String role, LossFunction function, Batch batch, Options options, Floats gradient) {
        Evaluation evaluation = function.evaluate(batch, options, gradient);
        if (!Double.isFinite(evaluation.value()) || !NonFinite.isAbsent(gradient)) {
            throw new NonFiniteLossException(
                    role,
                    evaluation.value(),
                    LossCulprit.find(function, batch, options).orElse(null));
        }
        return evaluation;
    }
}
