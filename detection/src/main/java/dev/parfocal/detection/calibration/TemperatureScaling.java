package dev.parfocal.detection.calibration;

import dev.parfocal.core.ParfocalException;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * Divides every logit by one number: {@code σ(logit(score) / temperature)}. Guo, Pleiss, Sun, Weinberger: On Calibration of
 * Modern Neural Networks, ICML 2017. arXiv 1706.04599.
 *
 * <p>It cannot move a score across one half, and so cannot mend a loss whose scores are all too low.
 *
 * @param temperature above 0; above 1 it draws scores towards one half
 */
public record TemperatureScaling(double temperature) implements Calibrator {

    private static final double LARGEST = 1e3;
    private static final double EDGE = 1e-9;
    private static final int EVALUATIONS = 200;

    /** Checks the range. */
    public TemperatureScaling {
        if (!(temperature > 0) || temperature == Double.POSITIVE_INFINITY) {
            throw new ParfocalException("a temperature must be above 0, but is " + temperature);
        }
    }

    /**
     * The temperature between 1/1000 and 1000 at which the cross-entropy of scores and targets is least.
     *
     * @param score in [0, 1]
     * @param target in [0, 1], as many; soft targets are allowed
     * @throws ParfocalException if there are none
     */
    public static TemperatureScaling fit(double[] score, double[] target) {
        if (score.length == 0 || score.length != target.length) {
            throw new ParfocalException("a temperature is fitted to scores and as many targets, not to " + score.length
                    + " scores and " + target.length + " targets");
        }
        double[] logit = new double[score.length];
        for (int i = 0; i < logit.length; i++) {
            logit[i] = logit(score[i]);
        }
        // The cross-entropy is convex in 1 / temperature: its least is where the derivative crosses 0.
        double low = Math.log(1 / LARGEST);
        double high = Math.log(LARGEST);
        if (slope(logit, target, Math.exp(low)) >= 0) {
            return new TemperatureScaling(LARGEST);
        }
        if (slope(logit, target, Math.exp(high)) <= 0) {
            return new TemperatureScaling(1 / LARGEST);
        }
        double root = new BrentSolver(1e-12, 1e-12)
                .solve(EVALUATIONS, exponent -> slope(logit, target, Math.exp(exponent)), low, high);
        return new TemperatureScaling(Math.exp(-root));
    }

    private static double slope(double[] logit, double[] target, double factor) {
        double sum = 0;
        for (int i = 0; i < logit.length; i++) {
            sum += (sigmoid(factor * logit[i]) - target[i]) * logit[i];
        }
        return sum / logit.length;
    }

    /** Scores of exactly 0 and 1 are taken for the nearest that have a logit. */
    private static double logit(double score) {
        double inside = Math.max(EDGE, Math.min(1 - EDGE, score));
        return Math.log(inside / (1 - inside));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    public double apply(double score) {
        return sigmoid(logit(score) / temperature);
    }
}
