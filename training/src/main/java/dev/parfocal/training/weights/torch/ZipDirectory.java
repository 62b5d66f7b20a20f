package dev.parfocal.training.weights.torch;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.BinaryFile;
import dev.parfocal.training.weights.file.PlainName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the entries of a zip file lie, so that stored ones can be read in place. Zip64 is understood: {@code torch.save}
 * always writes it.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_SIZE = 22;
    private static final int LOCATOR_SIZE = 20;
    private static final int END64_SIZE = 56;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int MOST_COMMENT = 0xFFFF;
    private static final int MOST_DIRECTORY = 1 << 26;
    private static final int ENCRYPTED = 1;
    private static final int ZIP64_SIZES = 1;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    /**
     * @param checksum CRC-32 of its bytes; 0 if it was not computed
     * @param header where its local header begins
     */
    record Entry(String name, long size, int checksum, long header) {}

    private final BinaryFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @throws ParfocalException if the file is no zip file, is cut off, or has compressed or encrypted entries */
    ZipDirectory(BinaryFile file) {
        this.file = file;
        int tail = (int) Math.min(file.size(), END_SIZE + LOCATOR_SIZE + MOST_COMMENT);
        ByteBuffer end = read(file.size() - tail, tail);
        int at = lastEnd(end);
        long size = end.getInt(at + 12) & IN_ZIP64;
        long start = end.getInt(at + 16) & IN_ZIP64;
        if (at >= LOCATOR_SIZE && end.getInt(at - LOCATOR_SIZE) == LOCATOR64) {
            ByteBuffer end64 = read(end.getLong(at - LOCATOR_SIZE + 8), END64_SIZE);
            if (end64.getInt(0) != END64) {
                throw broken("its directory is not where it should be");
            }
            size = end64.getLong(40);
            start = end64.getLong(48);
        }
        if (size < 0 || size > MOST_DIRECTORY) {
            throw broken("its directory would have " + size + " bytes");
        }
        ByteBuffer directory = read(start, (int) size);
        while (directory.remaining() >= ENTRY_SIZE && directory.getInt(directory.position()) == ENTRY) {
            add(directory);
        }
        if (directory.hasRemaining()) {
            throw broken("its directory is damaged");
        }
    }

    private int lastEnd(ByteBuffer tail) {
        for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                return at;
            }
        }
        throw broken("the directory at its end is missing");
    }

    private void add(ByteBuffer directory) {
        int at = directory.position();
        int nameLength = directory.getShort(at + 28) & 0xFFFF;
        int extraLength = directory.getShort(at + 30) & 0xFFFF;
        int commentLength = directory.getShort(at + 32) & 0xFFFF;
        if (ENTRY_SIZE + nameLength + extraLength + commentLength > directory.remaining()) {
            throw broken("its directory is damaged");
        }
        byte[] raw = new byte[nameLength];
        directory.get(at + ENTRY_SIZE, raw);
        String name = new String(raw, StandardCharsets.UTF_8);
        if ((directory.getShort(at + 8) & ENCRYPTED) != 0 || directory.getShort(at + 10) != 0) {
            throw new ParfocalException(
                    file.path() + ": entry " + PlainName.of(name)
                            + " is compressed or encrypted, which torch.save never does; unpack the archive and save the weights again with torch.save");
        }
        ByteBuffer extra =
                directory.slice(at + ENTRY_SIZE + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
        long[] wide = wide(extra, directory.getInt(at + 24), directory.getInt(at + 20), directory.getInt(at + 42));
        Entry entry = new Entry(name, wide[0], directory.getInt(at + 16), wide[2]);
        if (wide[0] != wide[1] || entries.put(name, entry) != null) {
            throw broken("entry " + PlainName.of(name) + " is there twice or has two sizes");
        }
        directory.position(at + ENTRY_SIZE + nameLength + extraLength + commentLength);
    }

    /** The given 32-bit fields, or their 64-bit values from the extra field where they are all ones. */
    private long[] wide(ByteBuffer extra, int... fields) {
        long[] values = new long[fields.length];
        Optional<ByteBuffer> zip64 = zip64(extra);
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i] & IN_ZIP64;
            if (values[i] == IN_ZIP64 && zip64.isPresent() && zip64.get().remaining() >= 8) {
                values[i] = zip64.get().getLong();
            }
        }
        return values;
    }

    private static Optional<ByteBuffer> zip64(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int kind = extra.getShort() & 0xFFFF;
            int length = Math.min(extra.getShort() & 0xFFFF, extra.remaining());
            if (kind == ZIP64_SIZES) {
                return Optional.of(extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            }
            extra.position(extra.position() + length);
        }
        return Optional.empty();
    }

    /** All entries by name, in the order of the directory. */
    Map<String, Entry> entries() {
        return entries;
    }

    /**
     * Where an entry's bytes begin in the file.
     *
     * @throws ParfocalException if they do not lie in it
     */
    long start(Entry entry) {
        ByteBuffer local = read(entry.header, LOCAL_SIZE);
        long start = entry.header + LOCAL_SIZE + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
        if (local.getInt(0) != LOCAL || !file.holds(start, entry.size)) {
            throw broken("entry " + PlainName.of(entry.name) + " lies outside of it");
        }
        return start;
    }

    private ByteBuffer read(long position, int length) {
        if (!file.holds(position, length)) {
            throw broken("its directory points outside of it");
        }
        return ByteBuffer.wrap(file.bytes(position, length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ParfocalException broken(String reason) {
        return new ParfocalException(
                file.path() + " is not a whole zip file (" + reason + "); restore it or use another");
    }
}
