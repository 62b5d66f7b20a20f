package dev.parfocal.detection.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What an image file says of itself before its pixels.
 *
 * @param width as the file stores it, in pixels
 * @param height as the file stores it, in pixels
 * @param orientation EXIF orientation, 1 (upright) to 8
 */
public record ImageHeader(int width, int height, int orientation) {

    private static final long PNG_START = 0x89504e47L;
    private static final long PNG_END = 0x49454e44L;
    /** A gigabyte as {@code 0xRRGGBB}. */
    private static final long MAX_PIXELS = 1L << 28;

    /** Length, type and checksum, without the data. */
    private static final long PNG_CHUNK = 12;

    /** Width as the picture is shown. */
    public int shownWidth() {
        return orientation >= 5 ? height : width;
    }

    /** Height as the picture is shown. */
    public int shownHeight() {
        return orientation >= 5 ? width : height;
    }

    /**
     * Reads a file's header and looks whether its end is there.
     *
     * @throws IOException when this is no image, one that is cut off, or one too large to decode
     */
    static ImageHeader read(Path file) throws IOException {
        ImageHeader header = unchecked(file);
        if ((long) header.width * header.height > MAX_PIXELS) {
            throw new IOException("its " + header.width + " × " + header.height + " pixels are more than "
                    + (MAX_PIXELS >> 20) + " Mi, which do not fit into memory; cut it into tiles");
        }
        return header;
    }

    private static ImageHeader unchecked(Path file) throws IOException {
        try (Bytes bytes = Bytes.open(file)) {
            if (bytes.length() == 0) {
                throw new IOException("the file is empty");
            }
            if (bytes.length() >= 4 && bytes.u16(0) == 0xffd8) {
                return JpegHeader.read(bytes);
            }
            if (bytes.length() >= 8 && bytes.u32(0) == PNG_START) {
                return png(bytes);
            }
        }
        return other(file);
    }

    private static ImageHeader png(Bytes bytes) throws IOException {
        long width = bytes.u32(16);
        long height = bytes.u32(20);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new IOException("the PNG file is corrupt: its size is " + width + " × " + height);
        }
        requirePngEnd(bytes);
        return new ImageHeader((int) width, (int) height, 1);
    }

    /** Chunks are walked, for the last one may be followed by what a program appended. */
    private static void requirePngEnd(Bytes bytes) throws IOException {
        long at = 8;
        while (at + PNG_CHUNK <= bytes.length()) {
            if (bytes.u32(at + 4) == PNG_END) {
                return;
            }
            at += PNG_CHUNK + bytes.u32(at);
        }
        throw new IOException("the PNG file is cut off");
    }

    private static ImageHeader other(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file);
                ImageInputStream stream = new MemoryCacheImageInputStream(input)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("not an image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                return new ImageHeader(reader.getWidth(0), reader.getHeight(0), 1);
            } finally {
                reader.dispose();
            }
        }
    }
}
