package dev.parfocal.detection.image;

import java.io.IOException;

/** The orientation in EXIF data, which JPEG keeps in a segment, PNG in a chunk, and TIFF is made of. */
final class Exif {

    private static final int ORIENTATION = 0x0112;

    private Exif() {}

    /**
     * The orientation, 1 to 8; upright when the data is damaged, for the picture itself may still be whole.
     *
     * @param tiff where the byte order is told
     * @param end behind the data
     */
    static int orientation(Bytes bytes, long tiff, long end) throws IOException {
        if (tiff + 8 > end) {
            return 1;
        }
        boolean little = bytes.u8(tiff) == 'I';
        long directory = tiff + bytes.u32(tiff + 4, little);
        int entries = directory + 2 > end ? 0 : bytes.u16(directory, little);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                return 1;
            }
            if (bytes.u16(entry, little) == ORIENTATION) {
                int value = bytes.u16(entry + 8, little);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
