package dev.parfocal.tune.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** How a number varies over bootstrap resamples. */
public final class Spread {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** What rounding may change. */
    private static final double SAME = 1e-12;

    private final double estimate;
    private final double[] drawn;
    private final double bias;
    private final double acceleration;
    private final int observations;

    /**
     * A spread.
     *
     * @param estimate the number itself
     * @param drawn its values in the resamples
     * @param without its values without one observation each, the jackknife; NaN where it does not exist then
     */
    public Spread(double estimate, double[] drawn, double[] without) {
        this.estimate = estimate;
        this.drawn = drawn.clone();
        Arrays.sort(this.drawn);
        bias = NORMAL.inverseCumulativeProbability(shareBelow(estimate));
        acceleration = acceleration(
                Arrays.stream(without).filter(value -> !Double.isNaN(value)).toArray());
        observations = (int) Arrays.stream(without)
                .filter(value -> !(Math.abs(value - estimate) <= SAME))
                .count();
    }

    private static double acceleration(double[] without) {
        double mean = Arrays.stream(without).average().orElse(0);
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            double gap = mean - value;
            squares += gap * gap;
            cubes += gap * gap * gap;
        }
        return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
    }

    /** The number itself. */
    public double estimate() {
        return estimate;
    }

    /** How many resamples have the number. */
    public int resamples() {
        return drawn.length;
    }

    /** Whether the number and enough resamples of it exist to say anything. */
    public boolean exists() {
        return !Double.isNaN(estimate) && drawn.length > 0;
    }

    /** The interval between quantiles of the resamples, at a confidence in (0, 1). */
    public Interval percentile(double level) {
        return new Interval(quantile((1 - level) / 2), quantile((1 + level) / 2), level);
    }

    /**
     * The bias-corrected and accelerated interval (Efron: Better Bootstrap Confidence Intervals, JASA 1987): quantiles moved
     * for resamples that lie to one side of the number, and for a spread that changes with it.
     */
    public Interval bca(double level) {
        return new Interval(quantile(moved((1 - level) / 2)), quantile(moved((1 + level) / 2)), level);
    }

    private double moved(double share) {
        double z = bias + NORMAL.inverseCumulativeProbability(share);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    /**
     * The two-sided probability of a number this far from 0 if the truth were 0: one less the confidence of the largest BCa
     * interval that does not reach 0. Never below two over the number of resamples, which could not tell, nor below
     * {@link #leastP()}.
     */
    public double p() {
        double z = NORMAL.inverseCumulativeProbability(shareBelow(0)) - bias;
        double below = NORMAL.cumulativeProbability(z / (1 + acceleration * z) - bias);
        return Math.min(1, Math.max(2 * Math.min(below, 1 - below), Math.max(2.0 / (drawn.length + 1), leastP())));
    }

    /** How many observations the number depends on: without one of them it is another. */
    public int observations() {
        return observations;
    }

    /**
     * The least probability that so few observations can give, whatever they say: were there no difference, each could as
     * well have had the other sign, and of these equally likely outcomes two are as far from 0 as can be.
     */
    public double leastP() {
        return Math.min(1, Math.pow(2, 1 - observations));
    }

    /** The share of the resamples below a value, those equal to it counted half; never quite 0 or 1. */
    private double shareBelow(double value) {
        double count = 0;
        for (double each : drawn) {
            count += each < value ? 1 : each == value ? 0.5 : 0;
        }
        double least = 1.0 / (drawn.length + 1);
        return drawn.length == 0 ? 0.5 : Math.max(least, Math.min(1 - least, count / drawn.length));
    }

    /** Straight lines between the sorted resamples, as numpy's default. */
    private double quantile(double share) {
        if (drawn.length == 0) {
            return Double.NaN;
        }
        double at = share * (drawn.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, drawn.length - 1);
        return drawn[below] + (at - below) * (drawn[above] - drawn[below]);
    }
}
