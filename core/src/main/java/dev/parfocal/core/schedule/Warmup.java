package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;

/**
 * A straight line to the first value of another schedule, which takes the rest of the run from step
 * {@code floor(share · steps)} on.
 *
 * @param share of the run, in [0, 1)
 * @param from the first value
 */
public record Warmup(Schedule then, double share, double from) implements Schedule {
    /** Checks the ranges. */
    public Warmup {
        Require.finite("the value to warm up from", from);
        Require.rise("the share of the warm-up", share);
    }

    @Override
    public double at(long step, long steps) {
        long turn = (long) Math.floor(share * steps);
        if (step < turn) {
            return from + (then.at(0, steps - turn) - from) * (step / (double) turn);
        }
        return then.at(step - turn, steps - turn);
    }

    @Override
    public double lowest() {
        return share == 0 ? then.lowest() : Math.min(from, then.lowest());
    }

    @Override
    public double highest() {
        return share == 0 ? then.highest() : Math.max(from, then.highest());
    }

    @Override
    public String toString() {
        return then + " warmup " + Numbers.shown(share) + " from " + Numbers.shown(from);
    }
}
