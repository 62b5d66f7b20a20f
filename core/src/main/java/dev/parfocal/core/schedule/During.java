package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;

/**
 * A curve within a part of the run; its first value before, its last one after.
 *
 * @param start share of the run at which the curve begins, in [0, 1]
 * @param end share of the run at which it ends, in (start, 1]
 */
public record During(Curve curve, double start, double end) implements Curve {
    /** Checks the ranges. */
    public During {
        Require.share("a part's start", start);
        Require.share("a part's end", end);
        if (!(start < end)) {
            throw new ParfocalException("a part of the run must end behind its start " + Numbers.shown(start)
                    + ", but ends at " + Numbers.shown(end));
        }
    }

    @Override
    public double at(double t) {
        return curve.at(Math.max(0, Math.min(1, (t - start) / (end - start))));
    }

    @Override
    public double lowest() {
        return curve.lowest();
    }

    @Override
    public double highest() {
        return curve.highest();
    }

    @Override
    public String toString() {
        return curve + " during " + Numbers.shown(start) + " to " + Numbers.shown(end);
    }
}
