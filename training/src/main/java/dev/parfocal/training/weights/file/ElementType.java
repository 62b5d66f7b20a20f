package dev.parfocal.training.weights.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a file stores the elements of a tensor; the constants' names are those of safetensors. */
public enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The type of this name, if it is one that Parfocal reads. */
    public static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(ElementType::name).collect(Collectors.joining(", "));
    }

    /**
     * Converts the next {@code count} elements of {@code from}, in its byte order, to float32: exactly if the type is
     * narrower, else to the nearest value.
     */
    void convert(ByteBuffer from, float[] into, int at, int count) {
        if (this == F32) {
            from.asFloatBuffer().get(into, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[at + i] = element(from, i * bytes);
        }
    }

    private float element(ByteBuffer from, int at) {
        return switch (this) {
            case F64 -> (float) from.getDouble(at);
            case F32 -> from.getFloat(at);
            case F16 -> half(from.getShort(at));
            case BF16 -> Float.intBitsToFloat(from.getShort(at) << 16);
            case I64 -> from.getLong(at);
            case I32 -> from.getInt(at);
            case I16 -> from.getShort(at);
            case I8 -> from.get(at);
            case U8 -> from.get(at) & 0xFF;
            case BOOL -> from.get(at) == 0 ? 0 : 1;
        };
    }

    /** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
