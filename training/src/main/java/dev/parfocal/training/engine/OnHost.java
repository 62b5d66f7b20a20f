package dev.parfocal.training.engine;

import dev.parfocal.core.kernel.Floats;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The one door between tensors and this machine's memory: whatever Java code reads of a tensor's numbers or writes to them
 * passes here. Tensors lie in this memory themselves, so that reading copies nothing; tensors of another device would be
 * fetched and sent here and nowhere else.
 *
 * <p>What is read is valid while the tensor lives: until its {@link Scope} ends, or outside any for as long as something
 * refers to the tensor (the numbers do not).
 */
public final class OnHost {
    private final org.bytedeco.pytorch.Tensor raw;

    OnHost(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    /**
     * The numbers in row-major order, to be read.
     *
     * @throws IllegalStateException if the tensor's memory is not row-major
     */
    public FloatBuffer floats() {
        return bytes().asFloatBuffer();
    }

    /**
     * The same in bytes of this machine's order.
     *
     * @throws IllegalStateException if the tensor's memory is not row-major
     */
    public ByteBuffer bytes() {
        return memory().asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /**
     * The same for kernels, which read them in place and do not write.
     *
     * @throws IllegalStateException if the tensor's memory is not row-major
     */
    public Floats numbers() {
        return Floats.of(memory());
    }

    /** A copy of the numbers in row-major order, whatever order the tensor's memory has. */
    public float[] copy() {
        org.bytedeco.pytorch.Tensor whole = raw.contiguous();
        FloatBuffer numbers = new OnHost(whole).floats();
        float[] copy = new float[numbers.remaining()];
        numbers.get(copy);
        // Outside a scope a copy would be freed as soon as nothing refers to it.
        Reference.reachabilityFence(whole);
        return copy;
    }

    /** Writes all numbers, given in row-major order, whatever order the tensor's memory has. */
    public void write(float[] values) {
        try (FloatPointer source = new FloatPointer(values)) {
            raw.copy_(torch.from_blob(source, shape()));
        }
    }

    /**
     * Changes numbers where they are.
     *
     * @param change is given all of them in row-major order, for as long as it runs
     * @throws IllegalStateException if the tensor's memory is not row-major
     */
    public void change(Consumer<Floats> change) {
        change.accept(numbers());
    }

    /** A tensor that reads numbers where they are; the direct buffer must stay reachable as long as the tensor. */
    static org.bytedeco.pytorch.Tensor over(FloatBuffer direct, long... shape) {
        return torch.from_blob(new FloatPointer(direct), shape);
    }

    /** A tensor of its own with these whole numbers: {@code [values]}. */
    static org.bytedeco.pytorch.Tensor of(long... values) {
        try (LongPointer source = new LongPointer(values)) {
            return torch.from_blob(source, new long[] {values.length}, new TensorOptions(torch.ScalarType.Long))
                    .clone();
        }
    }

    /** A copy of a tensor's whole numbers in row-major order. */
    static long[] longs(org.bytedeco.pytorch.Tensor of) {
        org.bytedeco.pytorch.Tensor whole = of.contiguous();
        long[] copy = new long[(int) whole.numel()];
        whole.data_ptr_long().get(copy);
        Reference.reachabilityFence(whole);
        return copy;
    }

    private long[] shape() {
        return new Tensor(raw).shape();
    }

    private ByteBuffer memory() {
        if (!raw.is_contiguous()) {
            throw new IllegalStateException("the tensor's memory is not row-major: call contiguous() first");
        }
        if (raw.numel() == 0) {
            return ByteBuffer.allocateDirect(0);
        }
        return new BytePointer(raw.data_ptr_float())
                .capacity(Float.BYTES * raw.numel())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }
}
