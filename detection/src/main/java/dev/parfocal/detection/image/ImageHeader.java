package dev.parfocal.detection.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
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
    private static final long TIFF_LITTLE = 0x49492a00L;
    private static final long TIFF_BIG = 0x4d4d002aL;
    /** A gigabyte as {@code 0xRRGGBB}. */
    private static final long MAX_PIXELS = 1L << 28;

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
                return PngHeader.read(bytes);
            }
            Optional<String> advice = Signature.advice(bytes);
            if (advice.isPresent()) {
                throw new IOException(advice.get());
            }
            boolean tiff = bytes.length() >= 8 && (bytes.u32(0) == TIFF_LITTLE || bytes.u32(0) == TIFF_BIG);
            return other(file, tiff ? Exif.orientation(bytes, 0, bytes.length()) : 1);
        }
    }

    private static ImageHeader other(Path file, int orientation) throws IOException {
        try (InputStream input = Files.newInputStream(file);
                ImageInputStream stream = new MemoryCacheImageInputStream(input)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("not an image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                return new ImageHeader(reader.getWidth(0), reader.getHeight(0), orientation);
            } finally {
                reader.dispose();
            }
        }
    }
}
