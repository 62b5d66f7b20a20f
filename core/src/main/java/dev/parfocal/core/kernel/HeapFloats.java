package dev.parfocal.core.kernel;

import java.util.Objects;

/** Part of a Java array. */
record HeapFloats(float[] array, int offset, int length) implements Floats {

    HeapFloats {
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    @Override
    public float get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    @Override
    public void set(int index, float value) {
        array[offset + Objects.checkIndex(index, length)] = value;
    }

    @Override
    public void read(int from, float[] into, int at, int count) {
        Objects.checkFromIndexSize(from, count, length);
        System.arraycopy(array, offset + from, into, at, count);
    }

    @Override
    public void write(int to, float[] source, int at, int count) {
        Objects.checkFromIndexSize(to, count, length);
        System.arraycopy(source, at, array, offset + to, count);
    }
}
