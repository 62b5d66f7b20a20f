package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import dev.parfocal.core.ParfocalException;
import java.nio.ByteBuffer;

/**
 * A scalar that the engine differentiates to a gradient that was computed elsewhere.
 *
 * <p>The inner product of predictions and gradient has exactly that gradient as its derivative. Its own value means
 * nothing and may even overflow, so the loss's value is written over it: the engine keeps no copy of an inner product's
 * result for the way back. The gradient lies in the engine's memory and the engine's graph holds on to it, so Java's
 * garbage collector has no part in it.
 */
final class Surrogate {

    private Surrogate() {}

    /**
     * @param predictions {@code [n]}, in the engine's graph
     * @param gradient {@code [n]}, constant
     * @return {@code []}: the value, with the gradient as derivative with respect to the predictions
     */
    static NDArray scalar(NDArray predictions, NDArray gradient, float value) {
        NDArray scalar = predictions.dot(gradient);
        memory(scalar, "the loss").putFloat(0, value);
        return scalar;
    }

    /**
     * The engine's own memory of a contiguous array; valid while the array is open.
     *
     * @throws ParfocalException if the engine hands out copies only
     */
    static ByteBuffer memory(NDArray array, String what) {
        ByteBuffer bytes = array.toByteBuffer(true);
        if (!bytes.isDirect()) {
            throw new ParfocalException("the memory of " + what + " cannot be reached on the engine "
                    + array.getManager().getEngine().getEngineName() + ": use DJL's PyTorch engine on the CPU");
        }
        return bytes;
    }
}
