package dev.parfocal.tune.gp;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * A Gaussian process of mean 0 with observations (Rasmussen and Williams 2006, algorithm 2.1).
 *
 * <p>With K the covariance of the observed places and L·Lᵀ = K + noise·I, the posterior mean at x is k(x)ᵀ·(K + noise·I)⁻¹·y
 * and its variance signal - |L⁻¹·k(x)|².
 */
public final class GaussianProcess {
    /** Added to the diagonal, relative to the signal: keeps places that are nearly the same apart. */
    private static final double JITTER = 1e-8;

    private final double[][] places;
    private final double[] values;
    private final Matern kernel;
    private final double[][] lower;
    private final double[] alpha;

    /**
     * Conditions on observations.
     *
     * @param places {@code [n, dimensions]}
     * @param unordered which dimensions hold options
     */
    public GaussianProcess(double[][] places, double[] values, boolean[] unordered, Hyperparameters hyper) {
        this.places = places;
        this.values = values;
        kernel = new Matern(hyper, unordered);
        lower = new CholeskyDecomposition(covariance(), 1e-6, 0).getL().getData();
        alpha = backward(forward(values));
    }

    public Hyperparameters hyperparameters() {
        return kernel.hyper();
    }

    private RealMatrix covariance() {
        int n = places.length;
        double[][] matrix = new double[n][n];
        double onDiagonal = kernel.hyper().noise() + JITTER * kernel.hyper().signal();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = kernel.covariance(places[i], places[j]);
                matrix[j][i] = matrix[i][j];
            }
            matrix[i][i] += onDiagonal;
        }
        return new Array2DRowRealMatrix(matrix, false);
    }

    /** Solves L·x = b. */
    private double[] forward(double[] b) {
        double[] x = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            double[] row = lower[i];
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= row[j] * x[j];
            }
            x[i] = sum / row[i];
        }
        return x;
    }

    /** Solves Lᵀ·x = b. */
    private double[] backward(double[] b) {
        double[] x = b.clone();
        for (int i = b.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int j = 0; j < i; j++) {
                x[j] -= lower[i][j] * x[i];
            }
        }
        return x;
    }

    private double[] covariances(double[] place) {
        return Arrays.stream(places)
                .mapToDouble(each -> kernel.covariance(each, place))
                .toArray();
    }

    /** The posterior mean of the function at a place. */
    public double mean(double[] place) {
        return dot(covariances(place), alpha);
    }

    /** The posterior of the function at a place. */
    public Normal posterior(double[] place) {
        double[] covariances = covariances(place);
        double[] explained = forward(covariances);
        double variance = kernel.hyper().signal() - dot(explained, explained);
        return new Normal(
                dot(covariances, alpha),
                Math.sqrt(Math.max(variance, 1e-12 * kernel.hyper().signal())));
    }

    /** The logarithm of the probability density of the observed values. */
    public double logLikelihood() {
        double logDeterminant = 0;
        for (int i = 0; i < lower.length; i++) {
            logDeterminant += Math.log(lower[i][i]);
        }
        return -0.5 * dot(values, alpha) - logDeterminant - 0.5 * values.length * Math.log(2 * Math.PI);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The same process with a further observation. */
    GaussianProcess with(double[] place, double value) {
        double[][] more = Arrays.copyOf(places, places.length + 1);
        more[places.length] = place;
        double[] values = Arrays.copyOf(this.values, more.length);
        values[places.length] = value;
        return new GaussianProcess(more, values, kernel.unordered(), kernel.hyper());
    }

    /** A normal distribution. */
    public record Normal(double mean, double deviation) {}
}
