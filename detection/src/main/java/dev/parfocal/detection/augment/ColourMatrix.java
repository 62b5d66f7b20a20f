package dev.parfocal.detection.augment;

import java.util.Arrays;

/**
 * A linear change of colour: {@code out[i] = Σ rows[i][k] in[k] + rows[i][3]}, levels in [0, 255]. Results out of range
 * are clamped once, at the end of all changes.
 *
 * @param rows {@code [3, 4]}
 */
public record ColourMatrix(double[][] rows) {

    private static final double[] LUMA = {0.299, 0.587, 0.114};
    private static final double MID_GREY = 127.5;

    public static ColourMatrix identity() {
        return brightness(1);
    }

    /** All levels times this factor. */
    public static ColourMatrix brightness(double factor) {
        return scaled(factor, 0);
    }

    /** Distances from mid-grey times this factor. */
    public static ColourMatrix contrast(double factor) {
        return scaled(factor, (1 - factor) * MID_GREY);
    }

    /** Distances from the pixel's own grey (BT.601 luma) times this factor; 0 leaves a grey picture. */
    public static ColourMatrix saturation(double factor) {
        ColourMatrix matrix = scaled(factor, 0);
        for (double[] row : matrix.rows) {
            for (int k = 0; k < 3; k++) {
                row[k] += (1 - factor) * LUMA[k];
            }
        }
        return matrix;
    }

    private static ColourMatrix scaled(double factor, double shift) {
        return new ColourMatrix(new double[][] {
            {factor, 0, 0, shift}, {0, factor, 0, shift}, {0, 0, factor, shift},
        });
    }

    /** First this change, then the next. */
    public ColourMatrix then(ColourMatrix next) {
        double[][] product = new double[3][4];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 4; k++) {
                for (int j = 0; j < 3; j++) {
                    product[i][k] += next.rows[i][j] * rows[j][k];
                }
            }
            product[i][3] += next.rows[i][3];
        }
        return new ColourMatrix(product);
    }

    /** The coefficients by rows, {@code [12]}. */
    float[] flat() {
        float[] flat = new float[12];
        for (int i = 0; i < 12; i++) {
            flat[i] = (float) rows[i / 4][i % 4];
        }
        return flat;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColourMatrix matrix && Arrays.deepEquals(rows, matrix.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rows);
    }

    @Override
    public String toString() {
        return "ColourMatrix" + Arrays.deepToString(rows);
    }
}
