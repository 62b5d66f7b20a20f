package dev.parfocal.detection.image;

/** Turns a picture upright, as EXIF's orientation 1 to 8 says. */
final class Orientation {

    private Orientation() {}

    static RgbImage upright(RgbImage image, int orientation) {
        if (orientation == 1) {
            return image;
        }
        boolean transposed = orientation >= 5;
        boolean mirroredX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean mirroredY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int width = transposed ? image.height() : image.width();
        int height = transposed ? image.width() : image.height();
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = transposed ? y : x;
                int row = transposed ? x : y;
                int sourceX = mirroredX ? image.width() - 1 - column : column;
                int sourceY = mirroredY ? image.height() - 1 - row : row;
                pixels[y * width + x] = image.pixels()[sourceY * image.width() + sourceX];
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
