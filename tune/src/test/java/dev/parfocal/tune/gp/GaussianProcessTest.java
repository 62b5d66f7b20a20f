package dev.parfocal.tune.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.tune.gp.GaussianProcess.Normal;
import java.util.SplittableRandom;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private static final boolean[] ORDERED = {false, false};

    /** k(r) with r in lengths. */
    private static double matern(double r, double signal) {
        double s = Math.sqrt(5) * r;
        return signal * (1 + s + s * s / 3) * Math.exp(-s);
    }

    /** One observation: mean k·y/(s + n), variance s - k²/(s + n). */
    @Test
    void posteriorAfterOneObservationIsTheClosedForm() {
        var hyper = new Hyperparameters(new double[] {0.5, 2}, 1.7, 0.1);
        var process = new GaussianProcess(new double[][] {{0.2, 0.3}}, new double[] {1.5}, ORDERED, hyper);
        double k = matern(Math.hypot(0.4 / 0.5, 0.1 / 2), 1.7);

        Normal posterior = process.posterior(new double[] {0.6, 0.4});

        assertThat(posterior.mean()).isCloseTo(k * 1.5 / 1.8, within(1e-7));
        assertThat(posterior.deviation()).isCloseTo(Math.sqrt(1.7 - k * k / 1.8), within(1e-7));
        assertThat(process.logLikelihood())
                .isCloseTo(-0.5 * 1.5 * 1.5 / 1.8 - 0.5 * Math.log(1.8) - 0.5 * Math.log(2 * Math.PI), within(1e-6));
    }

    /** Two observations at one place: their noise averages out as for repeated measurements. */
    @Test
    void repeatedMeasurementsCountAsTheirMeanWithHalfTheNoise() {
        var hyper = new Hyperparameters(new double[] {1, 1}, 1, 0.2);
        var halved = new Hyperparameters(new double[] {1, 1}, 1, 0.1);
        var twice = new GaussianProcess(new double[][] {{0.5, 0.5}, {0.5, 0.5}}, new double[] {1, 2}, ORDERED, hyper);
        var once = new GaussianProcess(new double[][] {{0.5, 0.5}}, new double[] {1.5}, ORDERED, halved);

        Normal a = twice.posterior(new double[] {0.1, 0.9});
        Normal b = once.posterior(new double[] {0.1, 0.9});

        assertThat(a.mean()).isCloseTo(b.mean(), within(1e-7));
        assertThat(a.deviation()).isCloseTo(b.deviation(), within(1e-7));
    }

    /** The textbook formulas with an explicit inverse, which the implementation never forms. */
    @Test
    void posteriorOfManyObservationsIsTheMatrixFormula() {
        SplittableRandom random = new SplittableRandom(1);
        int n = 30;
        var hyper = new Hyperparameters(new double[] {0.3, 0.8}, 2, 0.05);
        double[][] x = new double[n][];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.doubles(2).toArray();
            y[i] = Math.sin(6 * x[i][0]) + x[i][1];
        }
        RealMatrix k = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k.setEntry(i, j, kernel(x[i], x[j]) + (i == j ? 0.05 + 2e-8 : 0));
            }
        }
        LUDecomposition lu = new LUDecomposition(k);
        RealMatrix inverse = lu.getSolver().getInverse();
        double[] place = {0.37, 0.71};
        RealVector c = new ArrayRealVector(n);
        for (int i = 0; i < n; i++) {
            c.setEntry(i, kernel(x[i], place));
        }
        RealVector values = new ArrayRealVector(y);

        var process = new GaussianProcess(x, y, ORDERED, hyper);
        Normal posterior = process.posterior(place);

        assertThat(posterior.mean()).isCloseTo(inverse.operate(values).dotProduct(c), within(1e-9));
        assertThat(posterior.deviation())
                .isCloseTo(Math.sqrt(2 - inverse.operate(c).dotProduct(c)), within(1e-9));
        double expected = -0.5 * inverse.operate(values).dotProduct(values)
                - 0.5 * Math.log(lu.getDeterminant())
                - 0.5 * n * Math.log(2 * Math.PI);
        assertThat(process.logLikelihood()).isCloseTo(expected, within(1e-8));
    }

    private static double kernel(double[] a, double[] b) {
        return matern(Math.hypot((a[0] - b[0]) / 0.3, (a[1] - b[1]) / 0.8), 2);
    }

    @Test
    void optionsDifferOrAreTheSame() {
        var hyper = new Hyperparameters(new double[] {0.7}, 1, 0);
        var kernel = new Matern(hyper, new boolean[] {true});

        assertThat(kernel.covariance(new double[] {0.1}, new double[] {0.1})).isEqualTo(1);
        assertThat(kernel.covariance(new double[] {0.1}, new double[] {0.5}))
                .isEqualTo(kernel.covariance(new double[] {0.1}, new double[] {0.9}))
                .isCloseTo(matern(1 / 0.7, 1), within(1e-15));
    }

    /** Small steps away from the hyperparameters found make them no more probable. */
    @Test
    void fittedHyperparametersAreAMaximum() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] x = new double[40][];
        double[] y = new double[40];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.doubles(3).toArray();
            y[i] = Math.sin(5 * x[i][0]) + 0.3 * x[i][1] + 0.05 * random.nextGaussian();
        }
        Fit fit = new Fit(x, y, new boolean[3]);
        double[] found = fit.process().hyperparameters().toLogs();
        double cost = fit.cost(found);
        for (int i = 0; i < found.length; i++) {
            for (double step : new double[] {-0.1, 0.1}) {
                double[] other = found.clone();
                other[i] += step;
                assertThat(fit.cost(other)).isGreaterThan(cost - 0.01);
            }
        }
        assertThat(found[2]).as("a dimension that does not matter is long").isGreaterThan(found[0] + 1);
    }
}
