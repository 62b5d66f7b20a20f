package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The float32 kernels, wherever the true result is a normal float. Scalar code; vector code has the same bits. */
class FloatAccuracyTest {

    private static final float[] TARGETS = {0, 1, 0.3f, 0.95f};

    @ParameterizedTest
    @CsvSource({
        "bce, , 0, 3",
        "focal, gamma, 0, 4",
        "focal, gamma, 0.5, 6",
        "focal, gamma, 1, 7",
        "focal, gamma, 1.5, 8",
        "focal, gamma, 2, 9",
        "focal, gamma, 3, 10",
        "varifocal, gamma, 0, 4",
        "varifocal, gamma, 0.5, 6",
        "varifocal, gamma, 1, 7",
        "varifocal, gamma, 1.5, 8",
        "varifocal, gamma, 2, 9",
        "varifocal, gamma, 3, 10",
        "quality_focal, beta, 0, 3",
        "quality_focal, beta, 0.5, 6",
        "quality_focal, beta, 1, 7",
        "quality_focal, beta, 1.5, 8",
        "quality_focal, beta, 2, 9",
        "quality_focal, beta, 3, 10"
    })
    void staysWithinItsUlps(String name, String exponent, double power, double ulps) {
        FloatErrors errors = errors(name, exponent, power);
        for (float target : TARGETS) {
            FloatErrors.Report report = errors.at(logits(target), target);
            assertThat(report.value().ulps())
                    .as("value, target %s: %s", target, report)
                    .isLessThanOrEqualTo(ulps);
            assertThat(report.gradient().ulps())
                    .as("gradient, target %s: %s", target, report)
                    .isLessThanOrEqualTo(ulps);
        }
    }

    @ParameterizedTest
    @CsvSource({"focal, gamma", "varifocal, gamma", "quality_focal, beta"})
    void anyExponentIsRightToFiveDigits(String name, String exponent) {
        for (double power : new double[] {0.1, 0.3, 0.75, 1.2, 2.5, 2.7, 4, 4.9, 5}) {
            FloatErrors errors = errors(name, exponent, power);
            for (float target : TARGETS) {
                FloatErrors.Report report = errors.at(logits(target), target);
                assertThat(report.value().relative())
                        .as("%s: %s", power, report)
                        .isLessThan(1e-5);
                assertThat(report.gradient().relative())
                        .as("%s: %s", power, report)
                        .isLessThan(1e-5);
            }
        }
    }

    @Test
    void cancellationIsNoticed() {
        Loss cancelling = Loss.parse("""
                # A difference that cancels, which no rule mends.
                # Nobody.
                loss cancelling(logit; target in [0, 1])
                normalize by elements
                sqrt(logit^2 + 1) - abs(logit) + target
                """);
        FloatErrors errors = new FloatErrors(cancelling, Backend.SCALAR);
        assertThat(errors.at(Logits.everyExponent(2000), 0).value().ulps()).isGreaterThan(10);
    }

    private static FloatErrors errors(String name, String exponent, double power) {
        Loss loss = Catalogue.get(name);
        return new FloatErrors(exponent == null ? loss : loss.with(exponent, power), Backend.SCALAR);
    }

    private static float[] logits(float target) {
        return Logits.everyExponent(target == 0 || target == 1 ? 20_000 : 2_000);
    }
}
