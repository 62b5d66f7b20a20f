package dev.parfocal.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Initializer.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
    private static final long[] SHAPE = {64, 32, 3, 3};
    private static final int FAN_IN = 32 * 9;

    private static float[] draw(Kind kind, double scale, long... shape) {
        return new Initializer(kind, scale).draw(new Random(1), shape);
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    @ParameterizedTest
    @CsvSource({
        "HE, 1, 6.944e-3",
        "HE, 2, 27.78e-3",
        "HE_FAN_OUT, 1, 3.472e-3",
        "LECUN, 1, 3.472e-3",
        "XAVIER, 1, 2.315e-3",
        "NORMAL, 0.01, 1e-4",
        "ORTHOGONAL, 1, 3.472e-3"
    })
    void hasItsVariance(Kind kind, double scale, double variance) {
        assertThat(meanSquare(draw(kind, scale, SHAPE))).isCloseTo(variance, within(0.03 * variance));
    }

    @Test
    void heKeepsTheSizeOfActivationsBehindRelu() {
        Random random = new Random(2);
        float[] kernel = draw(Kind.HE, 1, SHAPE);
        float[] out = new float[64 * 50];
        for (int sample = 0; sample < 50; sample++) {
            double[] x = random.doubles(FAN_IN)
                    .map(u -> Math.max(0, random.nextGaussian()))
                    .toArray();
            for (int unit = 0; unit < 64; unit++) {
                for (int i = 0; i < FAN_IN; i++) {
                    out[sample * 64 + unit] += (float) (kernel[unit * FAN_IN + i] * x[i]);
                }
            }
        }
        // The mean square of max(0, x) is half of that of x; the layer makes up for it.
        assertThat(meanSquare(out)).isCloseTo(1, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"8,27,1", "40,9,1", "8,27,2"})
    void orthogonalRowsOrColumnsAreAtRightAngles(int rows, int columns, double scale) {
        float[] values = draw(Kind.ORTHOGONAL, scale, rows, columns / 9, 3, 3);
        boolean wide = rows < columns;
        int vectors = Math.min(rows, columns);
        for (int a = 0; a < vectors; a++) {
            for (int b = 0; b < vectors; b++) {
                double product = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    product += wide
                            ? values[a * columns + i] * values[b * columns + i]
                            : values[i * columns + a] * values[i * columns + b];
                }
                assertThat(product).isCloseTo(a == b ? scale * scale : 0, within(1e-5));
            }
        }
    }

    @Test
    void refusesScalesThatAreNotAboveZero() {
        assertThatThrownBy(() -> new Initializer(Kind.HE, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("model.init: scale");
    }
}
