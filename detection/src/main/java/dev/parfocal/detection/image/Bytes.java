package dev.parfocal.detection.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Numbers anywhere in a file, big-endian, read a page at a time; reading past the end is an {@link EOFException}. */
final class Bytes implements AutoCloseable {

    private static final int PAGE = 4096;

    private final SeekableByteChannel channel;
    private final long length;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE);
    private long pageNumber = -1;

    private Bytes(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    static Bytes open(Path file) throws IOException {
        return new Bytes(Files.newByteChannel(file));
    }

    long length() {
        return length;
    }

    int u8(long at) throws IOException {
        if (at < 0 || at >= length) {
            throw new EOFException("the file is cut off");
        }
        if (at / PAGE != pageNumber) {
            load(at / PAGE);
        }
        return page.get((int) (at % PAGE)) & 255;
    }

    private void load(long number) throws IOException {
        pageNumber = number;
        page.clear();
        channel.position(number * PAGE);
        while (page.hasRemaining() && channel.read(page) >= 0) {
            // A read may return less than asked for.
        }
    }

    int u16(long at) throws IOException {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32(long at) throws IOException {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Little-endian where {@code little} says so, as TIFF allows. */
    int u16(long at, boolean little) throws IOException {
        return little ? u8(at + 1) << 8 | u8(at) : u16(at);
    }

    long u32(long at, boolean little) throws IOException {
        return little ? (long) u16(at + 2, true) << 16 | u16(at, true) : u32(at);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
