package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;

/**
 * Half a cosine up to the top, half a cosine down; Smith and Topin, arXiv 1708.07120. The top is reached at step
 * {@code floor(at · steps)}.
 *
 * @param at share of the run that goes up, in [0, 1)
 */
public record OneCycle(double from, double top, double at, double to) implements Schedule {
    /** Checks the ranges. */
    public OneCycle {
        Require.finite("the first value", from);
        Require.finite("the top", top);
        Require.finite("the last value", to);
        Require.rise("the top's place", at);
    }

    @Override
    public double at(long step, long steps) {
        double turn = Math.floor(at * steps);
        if (step < turn) {
            return Cosine.between(from, top, step / turn);
        }
        return Cosine.between(top, to, Math.min(1, (step - turn) / Math.max(1, steps - 1 - turn)));
    }

    @Override
    public double lowest() {
        return Math.min(top, Math.min(from, to));
    }

    @Override
    public double highest() {
        return Math.max(top, Math.max(from, to));
    }

    @Override
    public String toString() {
        return "one-cycle " + Numbers.shown(from) + ", " + Numbers.shown(top) + " at " + Numbers.shown(at) + ", "
                + Numbers.shown(to);
    }
}
