package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every finite float, as a logit, has a finite value and a finite gradient. */
class FiniteTest {

    private static final int INFINITE = 0x7f800000;
    private static final int SPARSE = 499;

    @ParameterizedTest
    @ValueSource(strings = {"focal", "varifocal", "quality_focal"})
    void atEveryFloat(String name) {
        Loss loss = Catalogue.get(name);
        assertThat(AllFloats.count(loss, 1, FiniteTest::infinite))
                .as("target 0")
                .isZero();
        assertThat(AllFloats.count(Mirrored.of(loss), 1, FiniteTest::infinite))
                .as("target 1")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"focal, gamma", "varifocal, gamma", "quality_focal, beta"})
    void forEveryExponentAtSomeFloats(String name, String exponent) {
        for (double power : new double[] {0, 0.1, 0.5, 1, 1.7, 5}) {
            Loss loss = Catalogue.get(name).with(exponent, power);
            assertThat(AllFloats.count(loss, SPARSE, FiniteTest::infinite)).isZero();
            assertThat(AllFloats.count(Mirrored.of(loss), SPARSE, FiniteTest::infinite))
                    .isZero();
        }
    }

    @Test
    void infinitiesAreNoticed() {
        Loss overflowing = Loss.parse("""
                # Overflows where exp does.
                # Nobody.
                loss overflowing(logit; target in [0, 1])
                normalize by elements
                log(1 + exp(logit) * exp(-target)) + exp(logit)
                """);
        assertThat(AllFloats.count(overflowing, SPARSE, FiniteTest::infinite)).isPositive();
    }

    private static long infinite(float[] logits, float[] values, float[] gradients) {
        return greatest(values) >= INFINITE || greatest(gradients) >= INFINITE ? 1 : 0;
    }

    /** The greatest bits without sign: those of infinity or more if there is an infinity or a NaN. */
    private static int greatest(float[] numbers) {
        int greatest = 0;
        for (float number : numbers) {
            greatest = Math.max(greatest, Float.floatToRawIntBits(number) & 0x7fffffff);
        }
        return greatest;
    }
}
