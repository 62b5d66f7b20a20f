package dev.parfocal.detection.image;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * A picture, 8 bits per channel.
 *
 * @param pixels {@code 0xRRGGBB} by rows, {@code [height, width]}; shared, not copied
 */
public record RgbImage(int width, int height, int[] pixels) {

    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(
                    "an image of " + width + " × " + height + " cannot have " + pixels.length + " pixels");
        }
    }

    /** A picture of one colour. */
    public static RgbImage filled(int width, int height, int rgb) {
        int[] pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, rgb & 0xffffff);
        return new RgbImage(width, height, pixels);
    }

    /** The same picture; transparent parts lie on black. */
    public static RgbImage of(BufferedImage image) {
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        return grey ? ofGrey(image) : ofColour(image);
    }

    private static RgbImage ofColour(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = rgb.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return new RgbImage(
                        rgb.getWidth(),
                        rgb.getHeight(),
                        ((DataBufferInt) rgb.getRaster().getDataBuffer()).getData())
                .cleared();
    }

    /** Java2D takes grey levels as linear light and would brighten them; what is meant are the levels themselves. */
    private static RgbImage ofGrey(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        Raster raster = image.getRaster();
        int bits = image.getColorModel().getComponentSize(0);
        int max = (1 << bits) - 1;
        int[] levels = raster.getSamples(0, 0, width, height, 0, new int[width * height]);
        int[] pixels = new int[levels.length];
        for (int i = 0; i < levels.length; i++) {
            pixels[i] = (levels[i] * 255 / max) * 0x010101;
        }
        return new RgbImage(width, height, pixels);
    }

    /** The same picture for Java2D, sharing the pixels: what is drawn on it shows here, once {@link #cleared()}. */
    public BufferedImage buffered() {
        int[] masks = {0xff0000, 0xff00, 0xff};
        DataBufferInt buffer = new DataBufferInt(pixels, pixels.length);
        var raster = Raster.createPackedRaster(buffer, width, height, width, masks, null);
        var model = new java.awt.image.DirectColorModel(24, masks[0], masks[1], masks[2]);
        return new BufferedImage(model, raster, false, null);
    }

    /** This picture, its pixels made {@code 0xRRGGBB} again: Java2D draws anything into the byte that is not used. */
    public RgbImage cleared() {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        return this;
    }

    public RgbImage copy() {
        return new RgbImage(width, height, pixels.clone());
    }

    /** Red, green or blue (channel 0, 1, 2) of a pixel, in [0, 255]. */
    public int level(int x, int y, int channel) {
        return pixels[y * width + x] >> (16 - 8 * channel) & 255;
    }

    /** Half as wide and high, each pixel the mean of four. An odd last column or row counts twice. */
    public RgbImage halved() {
        int newWidth = (width + 1) / 2;
        int newHeight = (height + 1) / 2;
        int[] half = new int[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int top = 2 * y * width;
            int bottom = Math.min(2 * y + 1, height - 1) * width;
            for (int x = 0; x < newWidth; x++) {
                int left = 2 * x;
                int right = Math.min(left + 1, width - 1);
                half[y * newWidth + x] =
                        mean(pixels[top + left], pixels[top + right], pixels[bottom + left], pixels[bottom + right]);
            }
        }
        return new RgbImage(newWidth, newHeight, half);
    }

    private static int mean(int a, int b, int c, int d) {
        int blue = ((a & 0x0000ff) + (b & 0x0000ff) + (c & 0x0000ff) + (d & 0x0000ff) + 2) >> 2;
        int green = ((a & 0x00ff00) + (b & 0x00ff00) + (c & 0x00ff00) + (d & 0x00ff00) + 0x200) >> 2 & 0x00ff00;
        int red = ((a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255) + 2) >> 2;
        return red << 16 | green | blue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
                && width == image.width
                && height == image.height
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " × " + height + "]";
    }
}
