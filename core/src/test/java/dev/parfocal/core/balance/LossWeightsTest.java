package dev.parfocal.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossWeightsTest {

    @Test
    void uncertaintyFindsTheLogarithmOfTheVariance() {
        double[] variances = {0.01, 1, 9};
        Random random = new Random(5);
        UncertaintyWeights weights = new UncertaintyWeights(3, 0.005, Limits.NONE);
        double[] mean = new double[3];
        for (int step = 0; step < 12_000; step++) {
            double[] losses = new double[3];
            for (int i = 0; i < 3; i++) {
                losses[i] = batchOfSquares(random, variances[i]);
            }
            weights.update(losses, Gram.none());
            for (int i = 0; step >= 8000 && i < 3; i++) {
                mean[i] += weights.logVariances()[i] / 4000;
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(mean[i]).isCloseTo(Math.log(variances[i]), within(0.05));
            assertThat(weights.weights()[i] * variances[i]).isCloseTo(1, within(0.2));
        }
    }

    /** The mean of 16 squared errors of normal noise. */
    private static double batchOfSquares(Random random, double variance) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
            sum += variance * Math.pow(random.nextGaussian(), 2) / 16;
        }
        return sum;
    }

    @Test
    void uncertaintyStopsAtTheLimits() {
        UncertaintyWeights weights = new UncertaintyWeights(2, 0.05, new Limits(0.1, 5));
        for (int step = 0; step < 400; step++) {
            weights.update(new double[] {1e4, 1e-4}, Gram.none());
        }
        assertThat(weights.weights()).containsExactly(new double[] {0.1, 5}, within(1e-12));
        assertThat(weights.penalty()).isCloseTo(Math.log(10) - Math.log(5), within(1e-12));
    }

    @Test
    void dynamicAverageHasItsClosedForm() {
        double temperature = 2;
        DynamicAverage average = new DynamicAverage(2, 3, temperature, Limits.NONE);
        double[][] losses = {{4, 1}, {5, 2}, {6, 3}, {2, 2}, {2, 1.5}, {2, 1}};
        for (double[] each : losses) {
            assertThat(average.weights()).containsExactly(1, 1);
            average.update(each, Gram.none());
        }
        double first = Math.exp(2.0 / 5 / temperature);
        double second = Math.exp(1.5 / 2 / temperature);
        assertThat(average.weights())
                .containsExactly(
                        new double[] {2 * first / (first + second), 2 * second / (first + second)}, within(1e-12));
        average.update(new double[] {1, 1}, Gram.none());
        assertThat(average.weights()[0]).isCloseTo(2 * first / (first + second), within(1e-12));
    }

    @Test
    void dynamicAverageTakesLossesOfZero() {
        DynamicAverage average = new DynamicAverage(2, 1, 1, Limits.NONE);
        average.update(new double[] {0, 1}, Gram.none());
        average.update(new double[] {5, 1}, Gram.none());
        assertThat(average.weights()).containsExactly(1, 1);
    }

    @Test
    void fixedWeightsStay() {
        FixedWeights weights = new FixedWeights(new double[] {0.01, 2, 50}, new Limits(0.1, 10));
        weights.update(new double[] {1, 2, 3}, Gram.none());
        assertThat(weights.weights()).containsExactly(0.1, 2, 10);
        assertThat(weights.combine(Gram.of(new float[] {1}, new float[] {-1}), 0))
                .containsExactly(1, 1);
    }

    private static final Map<String, Supplier<Balancer>> METHODS = Map.of(
            "uncertainty", () -> new UncertaintyWeights(2, 0.05, new Limits(0.05, 20)),
            "gradnorm", () -> new GradNorm(2, 1.5, 0.05, new Limits(0.05, 20)),
            "average", () -> new DynamicAverage(2, 3, 2, new Limits(0.05, 20)));

    @ParameterizedTest
    @ValueSource(strings = {"uncertainty", "gradnorm", "average"})
    void aSavedStateGoesOnWithTheSameBits(String method) {
        Balancer whole = METHODS.get(method).get();
        Random random = new Random(2);
        for (int step = 0; step < 8; step++) {
            observe(whole, random.nextDouble());
        }
        Balancer resumed = METHODS.get(method).get();
        resumed.restore(whole.state());
        for (int step = 0; step < 8; step++) {
            double loss = random.nextDouble();
            observe(whole, loss);
            observe(resumed, loss);
            assertThat(resumed.weights()).isEqualTo(whole.weights());
        }
        assertThat(whole.weights()).isNotEqualTo(METHODS.get(method).get().weights());
        assertThatThrownBy(() -> resumed.restore(Map.of("sum", new double[3])))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("another method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncertainty", "gradnorm", "average"})
    void whatIsNotFiniteTeachesNothing(String method) {
        Balancer balancer = METHODS.get(method).get();
        for (int step = 0; step < 7; step++) {
            observe(balancer, Double.NaN);
            observe(balancer, Double.POSITIVE_INFINITY);
        }
        assertThat(balancer.weights()[0]).isCloseTo(1, within(1e-12));
    }

    private static void observe(Balancer balancer, double loss) {
        balancer.update(new double[] {loss, 1}, Gram.of(new float[] {(float) loss, 1}, new float[] {1, 2}));
    }

    @Test
    void refusesBadSettings() {
        assertRefused(() -> new Limits(-1, 2), "floor");
        assertRefused(() -> new Limits(3, 2), "ceiling");
        assertRefused(() -> new GradNorm(2, -1, 0.1, Limits.NONE), "alpha");
        assertRefused(() -> new UncertaintyWeights(2, 0, Limits.NONE), "rate");
        assertRefused(() -> new DynamicAverage(2, 0, 1, Limits.NONE), "period");
        assertRefused(() -> new ConflictAverse(2, 1, Limits.NONE), "c of CAGrad");
        assertRefused(() -> Gram.of(new float[2], new float[3]), "parameters");
        assertRefused(() -> new Gram(new double[2][3]), "inner products");
    }

    private static void assertRefused(Runnable task, String part) {
        assertThatThrownBy(task::run).isInstanceOf(ParfocalException.class).hasMessageContaining(part);
    }
}
