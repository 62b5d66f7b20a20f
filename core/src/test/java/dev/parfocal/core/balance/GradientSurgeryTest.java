package dev.parfocal.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientSurgeryTest {
    private static final int PARAMETERS = 12;

    private static float[][] random(long seed, int gradients) {
        Random random = new Random(seed);
        float[][] rows = new float[gradients][PARAMETERS];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static double dot(float[] a, float[] b) {
        return Gram.of(a, b).dot(0, 1);
    }

    @Test
    void withoutConflictPcgradIsTheSum() {
        float[][] gradients = {{1, 0, 2}, {0, 3, 1}, {0, 0, 0}};
        double[] factors = new ProjectedConflicts(3, Limits.NONE).combine(Gram.of(gradients), 5);
        assertThat(factors).containsExactly(1, 1, 1);
        assertThat(Gram.sum(factors, gradients)).containsExactly(1, 3, 3);
    }

    @Test
    void pcgradRemovesTheComponentThatConflicts() {
        float[][] gradients = {{4, 0}, {-1, 2}};
        float[] sum = Gram.sum(new ProjectedConflicts(2, Limits.NONE).combine(Gram.of(gradients), 0), gradients);
        // The first loses its part along (-1, 2): (4, 0) + 4/5 (-1, 2). The second all of its first coordinate.
        assertThat(sum).containsExactly(new float[] {3.2f, 3.6f}, within(1e-6f));
        assertThat(dot(sum, gradients[0])).isPositive();
        assertThat(dot(sum, gradients[1])).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pcgradByInnerProductsIsPcgradByVectors(long seed) {
        float[][] gradients = random(seed, 2);
        double[] factors = new ProjectedConflicts(2, Limits.NONE).combine(Gram.of(gradients), seed);
        double both = dot(gradients[0], gradients[1]);
        float[] expected = new float[PARAMETERS];
        for (int i = 0; i < PARAMETERS; i++) {
            double a = gradients[0][i] - Math.min(0, both) / dot(gradients[1], gradients[1]) * gradients[1][i];
            double b = gradients[1][i] - Math.min(0, both) / dot(gradients[0], gradients[0]) * gradients[0][i];
            expected[i] = (float) (a + b);
        }
        assertThat(Gram.sum(factors, gradients)).containsExactly(expected, within(1e-5f));
    }

    @Test
    void equalDrawsGiveEqualFactors() {
        Gram gram = Gram.of(random(9, 6));
        ProjectedConflicts pcgrad = new ProjectedConflicts(6, Limits.NONE);
        assertThat(pcgrad.combine(gram, 3)).isEqualTo(pcgrad.combine(gram, 3)).isNotEqualTo(pcgrad.combine(gram, 4));
    }

    @Test
    void cagradWithoutReachIsTheMean() {
        double[] factors = new ConflictAverse(4, 0, Limits.NONE).combine(Gram.of(random(3, 4)), 0);
        assertThat(factors).containsOnly(0.25);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cagradMaximisesTheWorstDescentWithinItsReach(long seed) {
        double c = 0.5;
        float[][] g = random(seed, 3);
        g[1] = Gram.sum(new double[] {-1, 0.3, 0}, g);
        Gram gram = Gram.of(g);
        double[] third = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        double reach = c * gram.norm(third);
        double[] factors = new ConflictAverse(3, c, Limits.NONE).combine(gram, 0);
        double worst = Math.min(gram.dot(0, factors), Math.min(gram.dot(1, factors), gram.dot(2, factors)));
        // By duality the largest worst descent equals the least value of gw . g0 + reach |gw| over all mixtures.
        assertThat(worst).isCloseTo(leastOverAGrid(gram, third, reach), within(1e-3 * gram.dot(0, 0)));
        double[] away = {factors[0] - third[0], factors[1] - third[1], factors[2] - third[2]};
        assertThat(gram.norm(away)).isCloseTo(reach, within(1e-9));
    }

    private static double leastOverAGrid(Gram gram, double[] mean, double reach) {
        int steps = 400;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            for (int j = 0; j <= steps - i; j++) {
                double[] w = {i / (double) steps, j / (double) steps, (steps - i - j) / (double) steps};
                double value = reach * gram.norm(w);
                for (int k = 0; k < 3; k++) {
                    value += w[k] * gram.dot(k, mean);
                }
                least = Math.min(least, value);
            }
        }
        return least;
    }

    @Test
    void gradientsOfZeroAreNoTrouble() {
        Gram zeros = Gram.of(new float[3], new float[3]);
        assertThat(new ConflictAverse(2, 0.5, Limits.NONE).combine(zeros, 0)).containsOnly(0.5);
        assertThat(new ProjectedConflicts(2, Limits.NONE).combine(zeros, 0)).containsOnly(1);
        float[][] opposed = {{1, 1}, {-1, -1}};
        assertThat(Gram.sum(new ConflictAverse(2, 0.5, Limits.NONE).combine(Gram.of(opposed), 0), opposed))
                .containsOnly(0);
    }

    @Test
    void factorsStayWithinTheLimits() {
        Gram gram = Gram.of(new float[] {1, 0}, new float[] {-30, 1});
        assertThat(new ProjectedConflicts(2, new Limits(0.5, 2)).combine(gram, 0))
                .containsExactly(new double[] {2, 1 + 30.0 / 901}, within(1e-9));
    }
}
