package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.loss.Loss;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Sine and cosine in float32 at floats of every exponent against those in double. */
class AnglesTest {

    private static final int STRIDE = 97;

    @Test
    void theSineIsRight() {
        assertThat(worst("sin(x)", Math::sin)).isLessThan(2);
    }

    @Test
    void theCosineIsRight() {
        assertThat(worst("cos(x)", Math::cos)).isLessThan(2);
    }

    @Test
    void aCosineForASineIsNoticed() {
        assertThat(worst("cos(x)", Math::sin)).isGreaterThan(1000);
    }

    /** The greatest error in units in the last place; beyond 65536 an angle counts as that. */
    private static double worst(String formula, DoubleUnaryOperator exact) {
        Loss loss = Loss.parse("loss angle(x; t)\nmay be negative\nt + " + formula);
        double[] worst = {0};
        AllFloats.count(loss, STRIDE, (angles, values, gradients) -> {
            double here = 0;
            for (int i = 0; i < angles.length; i++) {
                double held = Math.max(-65536, Math.min(65536, angles[i]));
                double value = exact.applyAsDouble(held);
                double size = Math.max(Math.abs(value), Float.MIN_NORMAL);
                here = Math.max(here, Math.abs(values[i] - value) / Math.ulp((float) size));
            }
            synchronized (worst) {
                worst[0] = Math.max(worst[0], here);
            }
            return 0;
        });
        return worst[0];
    }
}
