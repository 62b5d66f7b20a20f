package dev.parfocal.detection.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

    @TempDir
    private Path folder;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** Smooth, so that JPEG keeps it nearly. */
    private static RgbImage gradient(int width, int height) {
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int across = 255 * (i % width) / width;
            int down = 255 * (i / width) / height;
            pixels[i] = across << 16 | down << 8 | (across + down) / 2;
        }
        return new RgbImage(width, height, pixels);
    }

    @Test
    void pngKeepsEveryPixelAndJpegNearly() {
        RgbImage image = gradient(37, 21);
        Path png = folder.resolve("a.png");
        Path jpg = folder.resolve("a.JPG");
        ImageFiles.write(image, png);
        ImageFiles.write(image, jpg);
        assertThat(ImageFiles.read(png)).isEqualTo(image);
        assertThat(ImageFiles.header(png)).isEqualTo(new ImageHeader(37, 21, 1));
        RgbImage decoded = ImageFiles.read(jpg);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(decoded.level(20, 10, channel)).isCloseTo(image.level(20, 10, channel), within(16));
        }
        assertThat(ImageFiles.header(jpg)).isEqualTo(new ImageHeader(37, 21, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void aFileCutOffAnywhereIsRefused(String format) throws IOException {
        byte[] whole = ImageFiles.encode(gradient(40, 30), format);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
            Path cut = file("cut." + format, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ImageFiles.header(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(ParfocalException.class)
                    .hasMessageStartingWith(cut + ": cannot read this image: ");
            assertThatThrownBy(() -> ImageFiles.read(cut)).isInstanceOf(ParfocalException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
    void damagedBytesAreAnErrorOrAPictureButNothingElse(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BufferedImage picture = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        picture.getGraphics().fillOval(3, 3, 15, 11);
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        byte[] whole = bytes.toByteArray();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 150; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 4; i++) {
                // Sizes are left alone: a picture of a billion pixels is no damage that one can see.
                int at = random.nextInt(format.equals("jpg") ? 170 : 30, whole.length);
                damaged[at] = (byte) random.nextInt();
            }
            readOrRefuse(file("damaged." + format, damaged));
        }
    }

    /** Any other exception, or a picture of another size than the header's, fails the test. */
    private static void readOrRefuse(Path file) {
        try {
            RgbImage image = ImageFiles.read(file);
            assertThat(image.width()).isEqualTo(ImageFiles.header(file).shownWidth());
        } catch (ParfocalException e) {
            assertThat(e).hasMessageStartingWith(file + ": cannot read this image: ");
        }
    }

    @Test
    void whatIsAppendedToAFileDoesNoHarm() throws IOException {
        for (String format : new String[] {"png", "jpg"}) {
            byte[] whole = ImageFiles.encode(gradient(20, 10), format);
            Path longer = file("longer." + format, Arrays.copyOf(whole, whole.length + 5000));
            assertThat(ImageFiles.header(longer)).isEqualTo(new ImageHeader(20, 10, 1));
            assertThat(ImageFiles.read(longer).width()).isEqualTo(20);
        }
    }

    @Test
    void aPngThatSaysItHasNoWidthIsRefused() throws IOException {
        byte[] bytes = ImageFiles.encode(gradient(20, 10), "png");
        bytes[19] = 0;
        assertThatThrownBy(() -> ImageFiles.header(file("flat.png", bytes)))
                .hasMessageEndingWith("the PNG file is corrupt: its size is 0 × 10");
    }

    @Test
    void aPngThatClaimsToBeHugeIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] bytes = ImageFiles.encode(gradient(20, 10), "png");
        bytes[17] = 2;
        bytes[21] = 2;
        assertThatThrownBy(() -> ImageFiles.read(file("bomb.png", bytes)))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("do not fit into memory");
    }

    @Test
    void errorsSayWhatIsWrong() throws IOException {
        Path missing = folder.resolve("missing.jpg");
        assertThatThrownBy(() -> ImageFiles.read(missing))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(missing + ": cannot read this image: there is no such file");
        Path text = file("text.jpg", "hello, I am no image".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageFiles.header(text))
                .hasMessage(text + ": cannot read this image: not an image of a known format");
        Path empty = file("empty.jpg", new byte[0]);
        assertThatThrownBy(() -> ImageFiles.read(empty))
                .hasMessage(empty + ": cannot read this image: the file is empty");
        RgbImage image = gradient(4, 4);
        assertThatThrownBy(() -> ImageFiles.write(image, folder.resolve("a.gif")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("images are written as .png or .jpg; give it one of these endings");
        Path nowhere = folder.resolve("no").resolve("a.png");
        assertThatThrownBy(() -> ImageFiles.write(image, nowhere))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(nowhere + ": cannot write this image: there is no such folder");
    }

    @Test
    void aFailingWriteLeavesNothing() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken.png").resolve("inside"))
                .getParent();
        assertThatThrownBy(() -> ImageFiles.write(gradient(4, 4), taken)).isInstanceOf(ParfocalException.class);
        assertThat(folder.toFile().list()).containsExactly("taken.png");
    }

    @Test
    void greyPicturesKeepTheirLevels() throws IOException {
        BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});
        Path file = folder.resolve("grey.png");
        ImageIO.write(grey, "png", file.toFile());
        assertThat(ImageFiles.read(file).pixels()).containsExactly(0, 0x646464, 0xffffff);
    }

    @Test
    void picturesWithPalettesHaveCleanPixels() {
        BufferedImage indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        indexed.setRGB(0, 0, 0xffff0000);
        assertThat(RgbImage.of(indexed).pixels()).containsExactly(0xff0000, 0);
    }

    /** The bright corner of a picture stored with each orientation, where EXIF says it belongs. */
    @ParameterizedTest
    @CsvSource({"1,0,0", "2,1,0", "3,1,1", "4,0,1", "5,0,0", "6,1,0", "7,1,1", "8,0,1"})
    void picturesAreTurnedUpright(int orientation, int right, int bottom) throws IOException {
        for (String format : List.of("jpg", "png", "tif")) {
            turnedUpright(format, orientation, right, bottom);
        }
    }

    private void turnedUpright(String format, int orientation, int right, int bottom) throws IOException {
        RgbImage stored = RgbImage.filled(48, 32, 0);
        for (int y = 0; y < 16; y++) {
            Arrays.fill(stored.pixels(), y * 48, y * 48 + 16, 0xffffff);
        }
        byte[] bytes = switch (format) {
            case "jpg" -> withOrientation(ImageFiles.encode(stored, "jpg"), orientation);
            case "png" -> pngWithOrientation(ImageFiles.encode(stored, "png"), orientation);
            default -> tiff(stored, orientation);
        };
        Path file = file("turned." + format, bytes);
        ImageHeader header = ImageFiles.header(file);
        RgbImage image = ImageFiles.read(file);
        assertThat(header.orientation()).isEqualTo(orientation);
        assertThat(image.width()).isEqualTo(header.shownWidth()).isEqualTo(orientation >= 5 ? 32 : 48);
        assertThat(image.height()).isEqualTo(header.shownHeight());
        for (int x = 0; x < 2; x++) {
            for (int y = 0; y < 2; y++) {
                int level = image.level(x == 0 ? 4 : image.width() - 5, y == 0 ? 4 : image.height() - 5, 1);
                assertThat(level > 128).as("%s, corner %d %d", format, x, y).isEqualTo(x == right && y == bottom);
            }
        }
    }

    @Test
    void aDamagedExifSegmentIsPassedOver() throws IOException {
        byte[] bytes = withOrientation(ImageFiles.encode(gradient(20, 10), "jpg"), 6);
        bytes[2 + 4 + 6 + 4] = 0x7f;
        assertThat(ImageFiles.header(file("exif.jpg", bytes))).isEqualTo(new ImageHeader(20, 10, 1));
    }

    /** A big-endian directory of one entry, the orientation. */
    private static byte[] tiffData(int orientation) {
        return ByteBuffer.allocate(26)
                .putInt(0x4d4d002a)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    /** The PNG file with a chunk eXIf behind its header. */
    private static byte[] pngWithOrientation(byte[] png, int orientation) {
        byte[] data = tiffData(orientation);
        CRC32 checksum = new CRC32();
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put("eXIf".getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        checksum.update(typed);
        int headers = 8 + 25;
        return ByteBuffer.allocate(png.length + typed.length + 8)
                .put(png, 0, headers)
                .putInt(data.length)
                .put(typed)
                .putInt((int) checksum.getValue())
                .put(png, headers, png.length - headers)
                .array();
    }

    /** A little-endian, uncompressed grey TIFF file in one strip. */
    private static byte[] tiff(RgbImage image, int orientation) {
        int pixels = image.width() * image.height();
        int[][] entries = {
            {256, image.width()},
            {257, image.height()},
            {258, 8},
            {259, 1},
            {262, 1},
            {273, 8},
            {274, orientation},
            {277, 1},
            {278, image.height()},
            {279, pixels}
        };
        ByteBuffer file =
                ByteBuffer.allocate(8 + pixels + 2 + 12 * entries.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x002a4949).putInt(8 + pixels);
        for (int rgb : image.pixels()) {
            file.put((byte) rgb);
        }
        file.putShort((short) entries.length);
        for (int[] entry : entries) {
            file.putShort((short) entry[0]).putShort((short) 3).putInt(1).putInt(entry[1]);
        }
        return file.array();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RIFFxxxxWEBPVP8 | WebP is not read here; convert it to PNG or JPEG
            xxxxftypavifxxx | AVIF is not read here; convert it to PNG or JPEG
            xxxxftypheicxxx | HEIC is not read here; convert it to PNG or JPEG
            <!DOCTYPE html> | this is a web page, not an image; get the image again
            version https://git-lfs.github.com | this is a pointer of Git LFS, not the image; run 'git lfs pull'
            8BPSxxxxxxxxxxx | Photoshop files are not read here; export it as PNG or JPEG
            """)
    void filesOfOtherKindsAreCalledByTheirNames(String start, String advice) throws IOException {
        Path file = file("photo.jpg", start.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ImageFiles.header(file))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(file + ": cannot read this image: " + advice);
        assertThatThrownBy(() -> ImageFiles.read(file)).hasMessageEndingWith(advice);
    }

    /** The JPEG file with an EXIF segment that holds the orientation alone. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        };
        byte[] joined = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, joined, 0, 2);
        System.arraycopy(exif, 0, joined, 2, exif.length);
        System.arraycopy(jpeg, 2, joined, 2 + exif.length, jpeg.length - 2);
        return joined;
    }
}
