package dev.parfocal.core.kernel;

import dev.parfocal.core.ParfocalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap.
 *
 * @param buffer the numbers, from index 0 on
 * @param bytes the same memory; null if only the float buffer is known
 */
record DirectFloats(FloatBuffer buffer, @Nullable ByteBuffer bytes) implements Floats {

    static DirectFloats of(FloatBuffer buffer) {
        if (!buffer.isDirect() || buffer.isReadOnly() || buffer.order() != ByteOrder.nativeOrder()) {
            throw new ParfocalException("a float buffer must be direct, writable and in native byte order, this one is "
                    + (buffer.isReadOnly() ? "read-only" : buffer.order() + (buffer.isDirect() ? "" : ", not direct")));
        }
        return new DirectFloats(buffer.slice(), null);
    }

    static DirectFloats of(ByteBuffer direct) {
        if (!direct.isDirect() || direct.isReadOnly()) {
            throw new ParfocalException("a byte buffer of float32 numbers must be direct and writable");
        }
        ByteBuffer bytes = direct.slice().order(ByteOrder.nativeOrder());
        return new DirectFloats(bytes.asFloatBuffer(), bytes);
    }

    /** What vector code reads and writes; null if it cannot on this Java. */
    @Nullable
    Object vectorMemory() {
        return switch (VectorModule.direct()) {
            case BYTES -> bytes;
            case SEGMENT -> VectorModule.segment(buffer);
            default -> null;
        };
    }

    @Override
    public float get(int index) {
        return buffer.get(index);
    }

    @Override
    public void set(int index, float value) {
        buffer.put(index, value);
    }

    @Override
    public int length() {
        return buffer.capacity();
    }

    @Override
    public void read(int from, float[] into, int at, int count) {
        buffer.get(from, into, at, count);
    }

    @Override
    public void write(int to, float[] source, int at, int count) {
        buffer.put(to, source, at, count);
    }
}
