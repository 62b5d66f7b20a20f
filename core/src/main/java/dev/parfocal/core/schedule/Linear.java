package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;

/** A straight line. */
public record Linear(double from, double to) implements Curve {
    /** Checks the range. */
    public Linear {
        Require.finite("the first value", from);
        Require.finite("the last value", to);
    }

    @Override
    public double at(double t) {
        return between(from, to, t);
    }

    /** {@code a} at t = 0, {@code b} at t = 1, both exactly. */
    static double between(double a, double b, double t) {
        return (1 - t) * a + t * b;
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
        return "linear " + Numbers.shown(from) + " to " + Numbers.shown(to);
    }
}
