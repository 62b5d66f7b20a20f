package dev.parfocal.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GradNormTest {

    /** Two regressions through one shared layer, the second's loss 100 times the first's. */
    private static final class Toy {
        private static final int IN = 6;
        private static final int SHARED = 4;
        private static final int POINTS = 40;
        private static final double[] SCALE = {1, 100};

        final double[][] shared = new double[SHARED][IN];
        final double[][] heads = new double[2][SHARED];
        private final double[][] x = new double[POINTS][IN];
        private final double[][] y = new double[2][POINTS];

        Toy() {
            Random random = new Random(11);
            double[][] truth = new double[2][IN];
            fill(truth, random, 1);
            fill(x, random, 1);
            fill(shared, random, 0.5);
            fill(heads, random, 0.5);
            for (int task = 0; task < 2; task++) {
                for (int n = 0; n < POINTS; n++) {
                    y[task][n] = dot(truth[task], x[n]) + 0.3 * random.nextGaussian();
                }
            }
        }

        private static void fill(double[][] rows, Random random, double deviation) {
            for (double[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = deviation * random.nextGaussian();
                }
            }
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        /** A task's loss; adds its gradients times a factor. */
        double loss(int task, double factor, float[] byShared, double[] byHead) {
            double loss = 0;
            for (int n = 0; n < POINTS; n++) {
                double[] z = new double[SHARED];
                for (int k = 0; k < SHARED; k++) {
                    z[k] = dot(shared[k], x[n]);
                }
                double error = dot(heads[task], z) - y[task][n];
                double slope = SCALE[task] * error / POINTS;
                loss += slope * error / 2;
                for (int k = 0; k < SHARED; k++) {
                    byHead[k] += factor * slope * z[k];
                    for (int i = 0; i < IN; i++) {
                        byShared[k * IN + i] += (float) (factor * slope * heads[task][k] * x[n][i]);
                    }
                }
            }
            return loss;
        }

        /** One step of gradient descent; returns the inner products of the gradients of the weighted losses. */
        Gram step(Balancer balancer) {
            double[] weights = balancer.weights();
            float[][] byShared = new float[2][SHARED * IN];
            double[][] byHead = new double[2][SHARED];
            double[] losses = new double[2];
            for (int task = 0; task < 2; task++) {
                losses[task] = loss(task, weights[task], byShared[task], byHead[task]);
            }
            Gram gram = Gram.of(byShared);
            balancer.update(losses, gram);
            for (int task = 0; task < 2; task++) {
                for (int k = 0; k < SHARED; k++) {
                    heads[task][k] -= 2e-5 * byHead[task][k];
                    for (int i = 0; i < IN; i++) {
                        shared[k][i] -= 2e-5 * byShared[task][k * IN + i];
                    }
                }
            }
            return gram;
        }
    }

    private static double ratioAfter(Balancer balancer, int steps) {
        Toy toy = new Toy();
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            Gram gram = toy.step(balancer);
            sum += step >= steps - 50 ? Math.log(gram.norm(1) / gram.norm(0)) / 50 : 0;
        }
        return Math.exp(sum);
    }

    @Test
    void equalisesTwoTasksWhoseScalesDifferAHundredfold() {
        Gram first = new Toy().step(new FixedWeights(new double[] {1, 1}, Limits.NONE));
        assertThat(first.norm(1) / first.norm(0)).isGreaterThan(50);
        GradNorm gradNorm = new GradNorm(2, 0, 0.02, Limits.NONE);
        assertThat(ratioAfter(gradNorm, 600)).isCloseTo(1, within(0.1));
        double[] weights = gradNorm.weights();
        assertThat(weights[0] + weights[1]).isCloseTo(2, within(1e-9));
        assertThat(weights[0] / weights[1]).isGreaterThan(10);
    }

    @Test
    void constantGradientsEndAtInverseWeights() {
        double[] norms = {1, 100, 5};
        GradNorm gradNorm = new GradNorm(3, 1.5, 0.01, Limits.NONE);
        for (int step = 0; step < 3000; step++) {
            gradNorm.update(new double[] {2, 2, 2}, weighted(gradNorm.weights(), norms));
        }
        double[] weights = gradNorm.weights();
        assertThat(weights[1] / weights[0]).isCloseTo(0.01, within(0.0005));
        assertThat(weights[2] / weights[0]).isCloseTo(0.2, within(0.01));
    }

    /** Gradients of these norms, at right angles, times weights. */
    private static Gram weighted(double[] weights, double[] norms) {
        double[][] products = new double[norms.length][norms.length];
        for (int i = 0; i < norms.length; i++) {
            products[i][i] = Math.pow(weights[i] * norms[i], 2);
        }
        return new Gram(products);
    }

    @Test
    void aLossThatIsBehindGetsALargerGradient() {
        double alpha = 1;
        GradNorm gradNorm = new GradNorm(2, alpha, 0.01, Limits.NONE);
        double[] norms = {3, 3};
        gradNorm.update(new double[] {1, 1}, weighted(gradNorm.weights(), norms));
        for (int step = 0; step < 2000; step++) {
            gradNorm.update(new double[] {0.2, 0.8}, weighted(gradNorm.weights(), norms));
        }
        // Norms as the rates' powers: (0.8 / 0.2)^alpha.
        assertThat(gradNorm.weights()[1] / gradNorm.weights()[0]).isCloseTo(4, within(0.1));
    }

    @Test
    void weightsStayWithinTheLimitsAndAreFreeAgainAtOnce() {
        GradNorm gradNorm = new GradNorm(2, 0, 0.05, new Limits(0.2, 1.8));
        for (int step = 0; step < 2000; step++) {
            gradNorm.update(new double[] {1, 1}, weighted(gradNorm.weights(), new double[] {1, 1000}));
        }
        assertThat(gradNorm.weights()).containsExactly(new double[] {1.8, 0.2}, within(1e-9));
        for (int step = 0; step < 100; step++) {
            gradNorm.update(new double[] {1, 1}, weighted(gradNorm.weights(), new double[] {1000, 1}));
        }
        assertThat(gradNorm.weights()[0]).isLessThan(1);
    }
}
