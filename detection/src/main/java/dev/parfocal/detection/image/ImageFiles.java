package dev.parfocal.detection.image;

import dev.parfocal.core.ParfocalException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Image files: JPEG (also CMYK) and PNG, and whatever else the running JDK decodes. */
public final class ImageFiles {

    private static final float JPEG_QUALITY = 0.92f;

    private ImageFiles() {}

    /**
     * The size and orientation of an image file, without decoding its pixels; its end is looked at too.
     *
     * @throws ParfocalException when the file is missing, cut off or not an image
     */
    public static ImageHeader header(Path file) {
        try {
            return ImageHeader.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            throw corrupt(file, e);
        }
    }

    /**
     * Decodes an image file and turns it upright.
     *
     * @throws ParfocalException when the file is missing, corrupt, cut off or not an image
     */
    public static RgbImage read(Path file) {
        try {
            ImageHeader header = ImageHeader.read(file);
            return Orientation.upright(RgbImage.of(decode(Files.readAllBytes(file))), header.orientation());
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            throw corrupt(file, e);
        }
    }

    /** On damaged bytes ImageIO's decoders throw whatever their code runs into, from bad indexes to null pointers. */
    private static ParfocalException corrupt(Path file, RuntimeException cause) {
        return unreadable(file, new IOException("its data is corrupt", cause));
    }

    private static BufferedImage decode(byte[] bytes) throws IOException {
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("not an image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return decode(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /** A decoder only warns when pixels are missing and paints them grey; here that is an error. */
    private static BufferedImage decode(ImageReader reader) throws IOException {
        AtomicReference<@Nullable String> missing = new AtomicReference<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                missing.set(warning);
            }
        });
        BufferedImage image = reader.read(0);
        String warning = missing.get();
        if (warning != null) {
            throw new IOException("its data is corrupt: " + warning);
        }
        return image;
    }

    private static ParfocalException unreadable(Path file, IOException cause) {
        String what =
                cause instanceof NoSuchFileException ? "there is no such file" : String.valueOf(cause.getMessage());
        return new ParfocalException(file + ": cannot read this image: " + what, cause);
    }

    /**
     * The bytes of an image file.
     *
     * @param format {@code png} or {@code jpg} (quality 0.92)
     */
    public static byte[] encode(RgbImage image, String format) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam options = writer.getDefaultWriteParam();
            if (format.startsWith("j")) {
                options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                options.setCompressionQuality(JPEG_QUALITY);
            }
            writer.write(null, new IIOImage(image.buffered(), null, null), options);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a PNG or JPEG file, as its name says. It appears complete or not at all; its folder must be there.
     *
     * @throws ParfocalException when the name ends otherwise or the file cannot be written
     */
    public static void write(RgbImage image, Path file) {
        byte[] bytes = encode(image, format(file));
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            temporary.toFile().delete();
            String reason = e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage();
            throw new ParfocalException(file + ": cannot write this image: " + reason, e);
        }
    }

    private static String format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "jpg";
        }
        throw new ParfocalException(file + ": images are written as .png or .jpg; give it one of these endings");
    }
}
