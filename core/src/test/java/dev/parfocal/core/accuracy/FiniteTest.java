package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.catalogue.Group;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every finite float, as a logit, has a finite value and a finite gradient. */
class FiniteTest {

    private static final int INFINITE = 0x7f800000;
    private static final int SPARSE = 499;
    private static final int DENSER = 101;

    /** Those of classes: others are of numbers that need not fit into a float. */
    static List<Loss> losses() {
        return Catalogue.byGroup().getOrDefault(Group.CLASSIFICATION, List.of()).stream()
                .filter(loss -> loss.kind() == Kind.POINTWISE)
                .toList();
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("losses")
    void atEveryFloat(Loss loss) {
        at(loss, 1);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void atFloatsOfEveryExponent(Loss loss) {
        at(loss, DENSER);
    }

    private static void at(Loss loss, int stride) {
        assertThat(AllFloats.count(loss, stride, FiniteTest::infinite))
                .as("target 0")
                .isZero();
        if (Mirrored.isPossible(loss)) {
            assertThat(AllFloats.count(Mirrored.of(loss), stride, FiniteTest::infinite))
                    .as("target 1")
                    .isZero();
        }
    }

    @Test
    void mostLossesAreTriedAtBothTargets() {
        assertThat(losses()).hasSizeGreaterThan(12);
        assertThat(losses().stream().filter(Mirrored::isPossible).count()).isGreaterThan(8);
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
