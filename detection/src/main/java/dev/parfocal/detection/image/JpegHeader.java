package dev.parfocal.detection.image;

import java.io.IOException;

/** Walks a JPEG file's segments for its size and EXIF orientation, and looks whether its end is there. */
final class JpegHeader {

    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    private static final long EXIF = 0x45786966;

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
                orientation = Exif.orientation(bytes, at + 10, at + 2 + bytes.u16(at + 2));
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
}
