package dev.parfocal.training.block;

import dev.parfocal.training.engine.Tensor;

/**
 * Sines and cosines of a pixel's row and column at wavelengths in a geometric series up to 2π · 10 000: the embedding of
 * positions that attention between pixels needs.
 */
final class SinePositions {
    private static final double TEMPERATURE = 10_000;

    private SinePositions() {}

    /**
     * The embedding of a map's pixels, row by row.
     *
     * @param width channels, a multiple of 4: sines of the row, cosines of the row, sines and cosines of the column
     * @return {@code [1, rows · columns, width]}
     */
    static Tensor of(int rows, int columns, int width) {
        int quarter = width / 4;
        float[] values = new float[rows * columns * width];
        for (int i = 0; i < quarter; i++) {
            double frequency = Math.pow(TEMPERATURE, -(double) i / quarter);
            for (int pixel = 0; pixel < rows * columns; pixel++) {
                int line = pixel / columns;
                double row = line * frequency;
                double column = pixel % columns * frequency;
                int at = pixel * width + i;
                values[at] = (float) Math.sin(row);
                values[at + quarter] = (float) Math.cos(row);
                values[at + 2 * quarter] = (float) Math.sin(column);
                values[at + 3 * quarter] = (float) Math.cos(column);
            }
        }
        Tensor positions = Tensor.zeros(1, (long) rows * columns, width);
        positions.set(values);
        return positions;
    }
}
