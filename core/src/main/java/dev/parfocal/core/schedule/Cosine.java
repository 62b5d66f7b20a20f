package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;

/** Half a cosine: flat at both ends; Loshchilov and Hutter, arXiv 1608.03983, without restarts. */
public record Cosine(double from, double to) implements Curve {
    /** Checks the range. */
    public Cosine {
        Require.finite("the first value", from);
        Require.finite("the last value", to);
    }

    @Override
    public double at(double t) {
        return between(from, to, t);
    }

    /** From {@code a} at t = 0 to {@code b} at t = 1 along half a cosine. */
    static double between(double a, double b, double t) {
        return b + (a - b) * (1 + Math.cos(Math.PI * t)) / 2;
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
        return "cosine " + Numbers.shown(from) + " to " + Numbers.shown(to);
    }
}
