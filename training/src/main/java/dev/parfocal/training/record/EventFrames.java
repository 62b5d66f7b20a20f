package dev.parfocal.training.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Event files hold messages in frames (TFRecord): length, its checksum, message, its checksum; little-endian. A checksum is
 * CRC-32C, rotated by 15 bits and shifted by a constant.
 */
final class EventFrames {
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int FOOT = Integer.BYTES;
    private static final int MASK = 0xa282ead8;
    private static final int ROTATION = 15;

    /** The keys of an event's first two fields: 1, eight bytes; 2, an integer. */
    private static final int WALL_TIME = 1 << 3 | 1;

    private static final int STEP = 2 << 3;

    private EventFrames() {}

    static byte[] frame(byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + message.length + FOOT).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(message.length);
        frame.putInt(masked(frame.array(), 0, Long.BYTES));
        frame.put(message);
        frame.putInt(masked(message, 0, message.length));
        return frame.array();
    }

    private static int masked(byte[] bytes, int from, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, count);
        return Integer.rotateRight((int) checksum.getValue(), ROTATION) + MASK;
    }

    /** How many bytes at the beginning of a file are whole frames of events up to a step. */
    static int lengthUpTo(byte[] file, long step) {
        ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int end = 0;
        while (rest.remaining() >= HEAD) {
            long length = rest.getLong();
            rest.getInt();
            if (length < 0 || length + FOOT > rest.remaining()) {
                break;
            }
            int message = rest.position();
            if (stepOf(rest.slice(message, (int) length)) > step) {
                break;
            }
            end = message + (int) length + FOOT;
            rest.position(end);
        }
        return end;
    }

    /** The step of an event written here; 0 for the first event, which has none. */
    private static long stepOf(ByteBuffer event) {
        if (event.remaining() < 2 + Double.BYTES || event.get(0) != WALL_TIME || event.get(1 + Double.BYTES) != STEP) {
            return 0;
        }
        long step = 0;
        int shift = 0;
        for (int at = 2 + Double.BYTES; at < event.limit(); at++) {
            step |= (long) (event.get(at) & 0x7F) << shift;
            shift += 7;
            if (event.get(at) >= 0) {
                break;
            }
        }
        return step;
    }
}
