package dev.parfocal.training.weights.torch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The arguments of pickle's operations, read one after the other; none reaches beyond the pickle's end. */
final class PickleInput {
    private static final int MOST_DIGITS = 1024;

    private final ByteBuffer bytes;

    PickleInput(byte[] pickle) {
        bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    int unsignedByte() {
        need(1);
        return bytes.get() & 0xFF;
    }

    int unsignedShort() {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    int signedInt() {
        need(4);
        return bytes.getInt();
    }

    long unsignedInt() {
        return signedInt() & 0xFFFFFFFFL;
    }

    long signedLong() {
        need(8);
        return bytes.getLong();
    }

    /** Pickle's only big-endian number. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** A little-endian two's complement number of {@code length} bytes: a {@code Long} if it fits one. */
    Number wholeNumber(long length) {
        if (length > MOST_DIGITS) {
            throw new PickleException("a number of " + length + " bytes");
        }
        byte[] digits = raw(length);
        if (digits.length == 0) {
            return 0L;
        }
        for (int i = 0, j = digits.length - 1; i < j; i++, j--) {
            byte swapped = digits[i];
            digits[i] = digits[j];
            digits[j] = swapped;
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    byte[] raw(long length) {
        need(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    String text(long length) {
        return new String(raw(length), StandardCharsets.UTF_8);
    }

    /** Up to the next line feed, which is left out. */
    String line() {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        String line = text(end - start);
        need(1);
        bytes.get();
        return line;
    }

    private void need(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new PickleException("it ends too early");
        }
    }
}
