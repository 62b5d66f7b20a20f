package dev.parfocal.core.kernel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Float32 numbers in place: part of a Java array, or memory outside the heap such as a tensor's. Nothing is copied; who
 * made the array or the buffer keeps it and sees what kernels write.
 */
public sealed interface Floats permits HeapFloats, DirectFloats {

    /** A whole array. */
    static Floats of(float[] array) {
        return new HeapFloats(array, 0, array.length);
    }

    /** {@code length} numbers of an array from {@code offset} on. */
    static Floats of(float[] array, int offset, int length) {
        return new HeapFloats(array, offset, length);
    }

    /**
     * What a buffer holds between its position and its limit, as they are now.
     *
     * @throws dev.parfocal.core.ParfocalException if the buffer is read-only or in foreign byte order
     */
    static Floats of(FloatBuffer buffer) {
        return buffer.hasArray()
                ? new HeapFloats(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
                : DirectFloats.of(buffer);
    }

    /**
     * The same memory as float32 numbers in the byte order of this machine. On Java 17 kernels read a direct byte buffer
     * in place, while a direct float buffer goes through a small copy; on Java 22 and newer both are read in place.
     *
     * @throws dev.parfocal.core.ParfocalException if the buffer is read-only or not direct
     */
    static Floats of(ByteBuffer direct) {
        return DirectFloats.of(direct);
    }

    float get(int index);

    void set(int index, float value);

    /** How many numbers these are. */
    int length();

    /** Whether these lie outside the heap. */
    default boolean isDirect() {
        return this instanceof DirectFloats;
    }

    /** Whether vector code of this Java can reach these where they are. */
    default boolean isInPlace() {
        return !(this instanceof DirectFloats direct) || direct.vectorMemory() != null;
    }

    /** Copies {@code count} numbers from {@code from} on into an array. */
    void read(int from, float[] into, int at, int count);

    /** Copies {@code count} numbers of an array to {@code to} and on. */
    void write(int to, float[] source, int at, int count);
}
