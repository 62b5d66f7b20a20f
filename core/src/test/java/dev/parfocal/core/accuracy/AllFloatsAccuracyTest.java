package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Default kernels at every finite float against formulas written by hand in double. */
class AllFloatsAccuracyTest {

    private static final double ULPS = 10;

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "focal, 0, 0.75, 2", "focal, 1, 0.25, 2",
        "varifocal, 0, 0.75, 2", "varifocal, 1, 1, 0",
        "quality_focal, 0, 1, 2", "quality_focal, 1, 1, 2"
    })
    void everyFloatIsRight(String name, int target, double weight, int exponent) {
        assertThat(wrong(name, new HardTarget(weight, exponent, target == 1), 1))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"focal, 0, 0.75, 2", "focal, 1, 0.25, 2", "varifocal, 0, 0.75, 2", "quality_focal, 1, 1, 2"})
    void someFloatsOfEveryExponentAreRight(String name, int target, double weight, int exponent) {
        assertThat(wrong(name, new HardTarget(weight, exponent, target == 1), 499))
                .isZero();
        assertThat(wrong(name, new HardTarget(weight * (1 + 2e-6), exponent, target == 1), 499))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"focal, 0, 0.75, 2", "focal, 1, 0.25, 2", "varifocal, 1, 1, 0", "quality_focal, 0, 1, 2"})
    void formulasByHandAreTheTextbooks(String name, int target, double weight, int exponent) {
        HardTarget byHand = new HardTarget(weight, exponent, target == 1);
        Oracle oracle = new Oracle(Catalogue.get(name).textbook().program());
        for (double logit : new double[] {-30, -3, -0.1, 0, 0.1, 3, 30}) {
            Dual exact = oracle.at(logit, Map.of("target", (double) target));
            assertThat(byHand.value(logit) / exact.value().toDouble()).isCloseTo(1, within(1e-14));
            assertThat(byHand.gradient(logit) / exact.slope().toDouble()).isCloseTo(1, within(1e-14));
        }
    }

    private static long wrong(String name, HardTarget byHand, int stride) {
        Loss loss = Catalogue.get(name);
        return AllFloats.count(byHand.mirrored() ? Mirrored.of(loss) : loss, stride, (logits, values, gradients) -> {
            long wrong = 0;
            for (int i = 0; i < logits.length; i++) {
                HardTarget.Result exact = byHand.at(logits[i]);
                boolean right = isRight(values[i], exact.value()) && isRight(gradients[i], exact.gradient());
                wrong += right ? 0 : 1;
            }
            return wrong;
        });
    }

    private static boolean isRight(float got, double exact) {
        double size = Math.abs(exact);
        return size < Float.MIN_NORMAL
                ? Math.abs(got) <= Float.MIN_NORMAL
                : Math.abs(got - exact) <= ULPS * Math.ulp((float) size);
    }
}
