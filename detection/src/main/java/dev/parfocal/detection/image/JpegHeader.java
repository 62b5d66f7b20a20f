package dev.parfocal.detection.image;

import java.io.IOException;

/** Walks a JPEG file's segments for its size and EXIF orientation, and looks whether its end is there. */
final class JpegHeader {

    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    private static final long EXIF = 0x45786966;
    private static final int ORIENTATION_TAG = 0x0112;

    private JpegHeader() {}

    static ImageHeader read(Bytes bytes) throws IOException {
        int orientation = 1;
        long at = 2;
        while (true) {
            if (bytes.u8(at) != 0xff) {
                throw new IOException("the JPEG file is corrupt: no segment at byte " + at);
            }
            int marker = bytes.u8(at + 1);
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (isFrame(marker)) {
                requireEnd(bytes, at);
                return sized(bytes.u16(at + 7), bytes.u16(at + 5), orientation);
            }
            if (marker == START_OF_SCAN) {
                throw new IOException("the JPEG file is corrupt: it has no size");
            }
            if (marker == APP1 && bytes.u32(at + 4) == EXIF) {
                orientation = orientation(bytes, at + 10, at + 2 + bytes.u16(at + 2));
            }
            at += 2 + bytes.u16(at + 2);
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static ImageHeader sized(int width, int height, int orientation) throws IOException {
        if (width == 0 || height == 0) {
            throw new IOException("the JPEG file is corrupt: its size is " + width + " × " + height);
        }
        return new ImageHeader(width, height, orientation);
    }

    /** The end marker may be followed by what a camera appended, so it is looked for from the back. */
    private static void requireEnd(Bytes bytes, long from) throws IOException {
        for (long at = bytes.length() - 2; at > from; at--) {
            if (bytes.u16(at) == 0xffd9) {
                return;
            }
        }
        throw new IOException("the JPEG file is cut off");
    }

    /** Upright when the segment, which ends at {@code end}, is damaged: the picture itself may still be whole. */
    private static int orientation(Bytes bytes, long tiff, long end) throws IOException {
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
            if (bytes.u16(entry, little) == ORIENTATION_TAG) {
                int value = bytes.u16(entry + 8, little);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
