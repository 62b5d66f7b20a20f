package dev.parfocal.detection.image;

import java.io.IOException;

/** Walks a PNG file's chunks for its size and EXIF orientation, and looks whether its end is there. */
final class PngHeader {

    private static final long END = 0x49454e44L;
    private static final long EXIF = 0x65584966L;

    /** Length, type and checksum, without the data. */
    private static final long CHUNK = 12;

    private PngHeader() {}

    static ImageHeader read(Bytes bytes) throws IOException {
        long width = bytes.u32(16);
        long height = bytes.u32(20);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new IOException("the PNG file is corrupt: its size is " + width + " × " + height);
        }
        int orientation = 1;
        // What follows the last chunk was appended by some program.
        for (long at = 8; at + CHUNK <= bytes.length(); at += CHUNK + bytes.u32(at)) {
            long type = bytes.u32(at + 4);
            if (type == END) {
                return new ImageHeader((int) width, (int) height, orientation);
            }
            if (type == EXIF) {
                long data = at + 8;
                orientation = Exif.orientation(bytes, data, Math.min(bytes.length(), data + bytes.u32(at)));
            }
        }
        throw new IOException("the PNG file is cut off");
    }
}
