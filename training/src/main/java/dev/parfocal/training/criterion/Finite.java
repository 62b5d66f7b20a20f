package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import java.nio.FloatBuffer;

/** Stops a loss whose gradient holds something that is not a finite number before it reaches any weight. */
public final class Finite {
    private Finite() {}

    /**
     * Checks a gradient.
     *
     * @param role of the loss, for the message
     */
    public static void require(String role, FloatBuffer gradient) {
        // A sum of numbers times 0 is 0 unless one of them is infinite or not a number.
        float sum = 0;
        for (int i = 0; i < gradient.limit(); i++) {
            sum += 0 * gradient.get(i);
        }
        if (sum != 0) {
            throw new ParfocalException("the gradient of the " + role + " loss is not finite: check the loss's formula,"
                    + " or lower optimizer.learningRate");
        }
    }
}
