package dev.parfocal.detection.image;

/** Pictures as a network reads them: planes of floats, {@code [3, height, width]}, red, green, blue. */
public final class Planes {

    private Planes() {}

    /**
     * Writes a picture's three planes.
     *
     * @param planes receives {@code 3 * width * height} floats
     * @param offset where in {@code planes} the red plane starts
     */
    public static void write(RgbImage image, Normalization normalization, float[] planes, int offset) {
        int[] pixels = image.pixels();
        float factor = 1 / (255 * normalization.deviation());
        float shift = -normalization.mean() / normalization.deviation();
        for (int i = 0; i < pixels.length; i++) {
            int rgb = pixels[i];
            planes[offset + i] = (rgb >> 16 & 255) * factor + shift;
            planes[offset + pixels.length + i] = (rgb >> 8 & 255) * factor + shift;
            planes[offset + 2 * pixels.length + i] = (rgb & 255) * factor + shift;
        }
    }

    /** The picture that these planes show; levels out of range are clamped. */
    public static RgbImage read(float[] planes, int offset, int width, int height, Normalization normalization) {
        int size = width * height;
        int[] pixels = new int[size];
        for (int i = 0; i < size; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float value = planes[offset + channel * size + i];
                int level = Math.round(255 * (value * normalization.deviation() + normalization.mean()));
                pixels[i] = pixels[i] << 8 | Math.max(0, Math.min(255, level));
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
