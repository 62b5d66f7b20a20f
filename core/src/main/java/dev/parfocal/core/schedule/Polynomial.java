package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;

/**
 * {@code to + (from - to) · (1 - t)^power}, the "poly" rate of Liu et al., ParseNet, arXiv 1506.04579.
 *
 * @param power above 0; 1 is a straight line, less stays up longer
 */
public record Polynomial(double from, double to, double power) implements Curve {
    /** Checks the ranges. */
    public Polynomial {
        Require.finite("the first value", from);
        Require.finite("the last value", to);
        if (!(power > 0) || Double.isInfinite(power)) {
            throw new ParfocalException("the power must be above 0, but is " + power);
        }
    }

    @Override
    public double at(double t) {
        return to + (from - to) * Math.pow(1 - t, power);
    }

    @Override
    public double lowest() {
        return Math.min(from, to);
    }

    @Override
    public double highest() {
        return Math.max(from, to);
    }

    @Override
    public String toString() {
        return "polynomial " + Numbers.shown(from) + " to " + Numbers.shown(to) + " power " + Numbers.shown(power);
    }
}
