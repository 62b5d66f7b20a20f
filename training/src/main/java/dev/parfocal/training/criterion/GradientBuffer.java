package dev.parfocal.training.criterion;

import dev.parfocal.training.engine.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Direct memory for the upstream gradients of one output, made once for the largest batch and used again. */
public final class GradientBuffer {
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /** Its first {@code elements} floats as bytes, for kernels. */
    public ByteBuffer bytes(long elements) {
        int size = Math.toIntExact(4 * elements);
        if (memory.capacity() < size) {
            memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }
        return memory.slice(0, size).order(ByteOrder.nativeOrder());
    }

    /** The same memory as floats. */
    public FloatBuffer floats(long elements) {
        return bytes(elements).asFloatBuffer();
    }

    /** The same memory as a tensor of the shape of {@code output}. */
    public Tensor like(Tensor output) {
        return Tensor.over(floats(output.elements()), output.shape());
    }
}
