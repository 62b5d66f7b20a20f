package dev.parfocal.tune.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.tune.gp.GaussianProcess.Normal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImprovementTest {

    /**
     * An independent way: h(z) = ∫ (z + t)⁺ φ(t) dt = φ(z) · ∫₀^∞ u · exp(z·u - u²/2) du, in which nothing underflows; by
     * Simpson's rule.
     */
    private static double logH(double z) {
        double width = z < -1 ? 40 / -z : 12 + Math.max(0, 2 * z);
        int steps = 400_000;
        double h = width / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double u = i * h;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * u * Math.exp(z * u - u * u / 2);
        }
        return -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) + Math.log(sum * h / 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 1, 0, -0.5, -1, -1.0001, -2, -5, -10, -19.99, -20.01, -25, -37, -50, -1000, -1e6})
    void equalsTheIntegral(double z) {
        assertThat(Improvement.logH(z)).isCloseTo(logH(z), within(1e-9 * Math.max(1, Math.abs(logH(z)))));
    }

    @Test
    void scalesWithTheDeviation() {
        assertThat(Improvement.log(new Normal(3, 2), 1)).isCloseTo(Math.log(2) + logH(-1), within(1e-9));
    }

    @Test
    void isNeverInfinite() {
        assertThat(Improvement.log(new Normal(1e6, 1e-6), 0)).isFinite();
    }
}
