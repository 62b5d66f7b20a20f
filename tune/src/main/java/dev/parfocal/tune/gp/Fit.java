package dev.parfocal.tune.gp;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;

/**
 * Finds hyperparameters: the most probable ones given the data and a prior. Lengths are log-normal, centred on √2 + ½ log d
 * with deviation √3, as Hvarfner et al. (Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML 2024) found
 * good in few and many dimensions; signal and noise are log-normal too.
 */
final class Fit {
    private static final double LENGTH_DEVIATION = Math.sqrt(3);
    private static final double SIGNAL_DEVIATION = 1;
    private static final double NOISE_CENTRE = Math.log(1e-4);
    private static final double NOISE_DEVIATION = 2;
    private static final double FIRST_LENGTH = Math.log(0.5);
    private static final double MIN_LENGTH = Math.log(0.01);
    private static final double MAX_LENGTH = Math.log(100);
    private static final double MAX_SIGNAL = Math.log(100);
    private static final double MIN_NOISE = Math.log(1e-7);
    private static final int CALLS_PER_DIMENSION = 25;

    private final double[][] places;
    private final double[] values;
    private final boolean[] unordered;

    Fit(double[][] places, double[] values, boolean[] unordered) {
        this.places = places;
        this.values = values;
        this.unordered = unordered;
    }

    /** The process with the best hyperparameters found. */
    GaussianProcess process() {
        int dimensions = unordered.length;
        double[] low = new double[dimensions + 2];
        double[] high = new double[dimensions + 2];
        double[] start = new double[dimensions + 2];
        Arrays.fill(low, 0, dimensions, MIN_LENGTH);
        Arrays.fill(high, 0, dimensions, MAX_LENGTH);
        Arrays.fill(start, 0, dimensions, FIRST_LENGTH);
        low[dimensions] = -MAX_SIGNAL;
        high[dimensions] = MAX_SIGNAL;
        low[dimensions + 1] = MIN_NOISE;
        start[dimensions + 1] = NOISE_CENTRE;
        double[] best = new Descent(this::cost, low, high, 1, CALLS_PER_DIMENSION * (dimensions + 2)).from(start);
        return new GaussianProcess(places, values, unordered, Hyperparameters.ofLogs(best));
    }

    /** Minus the logarithm of the posterior density, but for a constant. */
    double cost(double[] logs) {
        double centre = Math.sqrt(2) + 0.5 * Math.log(unordered.length);
        double cost = 0;
        for (int i = 0; i < unordered.length; i++) {
            cost += half(logs[i], centre, LENGTH_DEVIATION);
        }
        cost += half(logs[unordered.length], 0, SIGNAL_DEVIATION);
        cost += half(logs[unordered.length + 1], NOISE_CENTRE, NOISE_DEVIATION);
        try {
            return cost - new GaussianProcess(places, values, unordered, Hyperparameters.ofLogs(logs)).logLikelihood();
        } catch (MathRuntimeException e) {
            // Not positive definite in floating point: such hyperparameters explain nothing.
            return Descent.TERRIBLE;
        }
    }

    private static double half(double value, double centre, double deviation) {
        double z = (value - centre) / deviation;
        return 0.5 * z * z;
    }
}
