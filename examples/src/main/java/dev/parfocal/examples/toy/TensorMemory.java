package dev.parfocal.examples.toy;

import dev.parfocal.core.kernel.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** The way from a tensor of PyTorch for Java to a loss's kernels: its memory, in place. */
public final class TensorMemory {

    private TensorMemory() {}

    /** The memory of a contiguous float32 tensor on the CPU; valid while the tensor lives. */
    public static Floats of(Tensor tensor) {
        BytePointer bytes = new BytePointer(tensor.data_ptr()).capacity(4 * tensor.numel());
        ByteBuffer memory = bytes.asByteBuffer().order(ByteOrder.nativeOrder());
        return Floats.of(memory);
    }

    /** A copy of a contiguous float32 tensor's elements. */
    public static float[] copy(Tensor tensor) {
        Floats memory = of(tensor);
        float[] copy = new float[memory.length()];
        memory.read(0, copy, 0, copy.length);
        return copy;
    }
}
