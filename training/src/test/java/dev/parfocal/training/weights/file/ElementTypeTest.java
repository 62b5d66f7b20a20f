package dev.parfocal.training.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ElementTypeTest {
    private static float half(int bits) {
        float[] value = new float[1];
        ElementType.F16.convert(ByteBuffer.allocate(2).putShort(0, (short) bits), value, 0, 1);
        return value[0];
    }

    /** Decoded by the definition of IEEE 754, in double, for every one of the 65,536 values. */
    @Test
    void decodesEveryHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 0x1F;
            int fraction = bits & 0x3FF;
            double sign = (bits & 0x8000) == 0 ? 1 : -1;
            double expected = exponent == 31
                    ? (fraction == 0 ? sign / 0 : Double.NaN)
                    : exponent == 0
                            ? sign * Math.pow(2, -14) * fraction / 1024
                            : sign * Math.pow(2, exponent - 15) * (1 + fraction / 1024.0);
            assertThat(Double.valueOf(half(bits))).isEqualTo(Double.valueOf(expected));
        }
    }

    @Test
    void knowsTheNumbersOfTheBook() {
        assertThat(half(0x3C00)).isEqualTo(1);
        assertThat(half(0xC000)).isEqualTo(-2);
        assertThat(half(0x7BFF)).isEqualTo(65504);
        assertThat(half(0x0001)).isEqualTo(0x1p-24f);
        assertThat(half(0x3555)).isEqualTo(0.333251953125f);
    }

    @Test
    void readsInTheFilesByteOrder() {
        byte[] stored = {0, 0, (byte) 0x80, 0x3F};
        float[] value = new float[2];
        ElementType.F32.convert(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN), value, 0, 1);
        ElementType.BF16.convert(
                ByteBuffer.wrap(new byte[] {0x3F, (byte) 0x80}).order(ByteOrder.BIG_ENDIAN), value, 1, 1);
        assertThat(value).containsExactly(1, 1);
    }
}
