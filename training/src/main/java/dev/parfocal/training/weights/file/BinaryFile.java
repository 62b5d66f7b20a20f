package dev.parfocal.training.weights.file;

import dev.parfocal.core.ParfocalException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A file of any size of which stretches are read where they are needed, a few kilobytes at a time; nothing is held open
 * in between. (A mapping would copy a little less. But a mapped file cannot be replaced on Windows, as checkpoints are,
 * and one that is cut off meanwhile ends the process.)
 */
public record BinaryFile(Path path, long size) {
    private static final int CHUNK = 1 << 18;

    /** @throws ParfocalException if it cannot be read */
    public static BinaryFile of(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ParfocalException(
                    "cannot read " + path + ": " + (Files.exists(path) ? "it is not a file" : "there is no such file"));
        }
        try {
            return new BinaryFile(path, Files.size(path));
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Whether the stretch lies within the file. */
    public boolean holds(long position, long length) {
        return position >= 0 && length >= 0 && length <= size - position;
    }

    /**
     * The bytes from {@code position} on.
     *
     * @throws ParfocalException if they cannot be read or the file ends before
     */
    public byte[] bytes(long position, int length) {
        return reading(file -> {
            if (!holds(position, length)) {
                throw new EOFException();
            }
            byte[] bytes = new byte[length];
            file.seek(position);
            file.readFully(bytes);
            return bytes;
        });
    }

    /**
     * The {@code count} elements from {@code position} on, as float32.
     *
     * @throws ParfocalException if they cannot be read or the file ends before
     */
    public float[] floats(ElementType type, ByteOrder order, long position, int count) {
        return reading(file -> {
            if (!holds(position, (long) count * type.bytes())) {
                throw new EOFException();
            }
            float[] values = new float[count];
            byte[] chunk = new byte[CHUNK];
            int most = CHUNK / type.bytes();
            file.seek(position);
            for (int at = 0; at < count; at += most) {
                int n = Math.min(most, count - at);
                file.readFully(chunk, 0, n * type.bytes());
                type.convert(ByteBuffer.wrap(chunk).order(order), values, at, n);
            }
            return values;
        });
    }

    /**
     * The CRC-32 of the bytes from {@code position} on.
     *
     * @throws ParfocalException if they cannot be read or the file ends before
     */
    public int checksum(long position, long length) {
        return reading(file -> {
            if (!holds(position, length)) {
                throw new EOFException();
            }
            CRC32 checksum = new CRC32();
            byte[] chunk = new byte[CHUNK];
            file.seek(position);
            for (long left = length; left > 0; left -= CHUNK) {
                int n = (int) Math.min(CHUNK, left);
                file.readFully(chunk, 0, n);
                checksum.update(chunk, 0, n);
            }
            return (int) checksum.getValue();
        });
    }

    private <T> T reading(Read<T> read) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return read.from(file);
        } catch (EOFException e) {
            throw new ParfocalException(path + " ends too early: it was cut off; restore it or use another", e);
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private interface Read<T> {
        T from(RandomAccessFile file) throws IOException;
    }
}
