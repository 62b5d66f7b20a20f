package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;

/**
 * The least and the most that a loss may count.
 *
 * @param floor at least 0; above 0 for weights that are learnt, or a loss once at 0 would stay there
 * @param ceiling at least the floor
 */
public record Limits(double floor, double ceiling) {

    /** From 0 to infinity. */
    public static final Limits NONE = new Limits(0, Double.POSITIVE_INFINITY);

    /** Checks the order. */
    public Limits {
        if (!(floor >= 0) || !(ceiling >= floor) || floor == Double.POSITIVE_INFINITY) {
            throw new ParfocalException(
                    "the floor of weights must be at least 0 and the ceiling at least the floor, but" + " they are "
                            + floor + " and " + ceiling);
        }
    }

    double clip(double weight) {
        return Math.max(floor, Math.min(ceiling, weight));
    }

    double[] clip(double[] weights) {
        double[] clipped = new double[weights.length];
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = clip(weights[i]);
        }
        return clipped;
    }
}
