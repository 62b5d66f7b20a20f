package dev.parfocal.training.guard;

import dev.parfocal.training.engine.Tensor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A checksum of numbers' bits. */
final class Checksum {
    private final CRC32 sum = new CRC32();

    void add(Tensor numbers) {
        sum.update(numbers.onHost().bytes());
    }

    void add(double number) {
        sum.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, number));
    }

    long value() {
        return sum.getValue();
    }
}
