package dev.parfocal.training.guard;

import dev.parfocal.training.engine.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.zip.CRC32;

/** A checksum of numbers' bits. All NaN are one: which of them an operation gives depends on where its memory lies. */
final class Checksum {
    private final CRC32 sum = new CRC32();

    void add(Tensor numbers) {
        FloatBuffer floats = numbers.floats();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * floats.remaining()).order(ByteOrder.nativeOrder());
        while (floats.hasRemaining()) {
            bytes.putInt(Float.floatToIntBits(floats.get()));
        }
        sum.update(bytes.flip());
    }

    void add(double number) {
        sum.update(ByteBuffer.allocate(Double.BYTES).putLong(0, Double.doubleToLongBits(number)));
    }

    long value() {
        return sum.getValue();
    }
}
