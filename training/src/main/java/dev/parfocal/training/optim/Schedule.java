package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;

/**
 * The learning rate over a run, as a share of its highest value. It depends on the step alone, so a resumed run goes on
 * as if it had never stopped.
 *
 * @param kind the curve after the warm-up
 * @param warmup share of the steps, in [0, 1), in which the rate rises: from {@code start}, in a straight line (one-cycle:
 *     along a half cosine)
 * @param start share of the highest rate that the warm-up starts from
 * @param end share of the highest rate that the last step has (constant: ignored)
 */
public record Schedule(Kind kind, double warmup, double start, double end) {
    /** The curves there are. */
    public enum Kind {
        /** The highest rate to the end. */
        CONSTANT,
        /** Half a cosine down; Loshchilov and Hutter, arXiv 1608.03983. */
        COSINE,
        /** Half a cosine up, half a cosine down; Smith and Topin, arXiv 1708.07120. */
        ONE_CYCLE
    }

    /** One cycle: 15 % of the steps up, the rest down. */
    public static final Schedule DEFAULT = new Schedule(Kind.ONE_CYCLE, 0.15, 0.04, 0.001);

    /** Checks the ranges. */
    public Schedule {
        if (!(warmup >= 0 && warmup < 1) || !(start >= 0 && start <= 1) || !(end >= 0 && end <= 1)) {
            throw new ParfocalException("schedule: warmup must be in [0, 1) (is " + warmup
                    + "), start and end in [0, 1] (are " + start + ", " + end + ")");
        }
    }

    /**
     * The share of the highest rate at a step.
     *
     * @param step from 0
     * @param steps of the whole run, at least 1
     */
    public double at(long step, long steps) {
        double top = Math.floor(warmup * steps);
        if (step < top) {
            double t = step / top;
            return kind == Kind.ONE_CYCLE ? cosine(start, 1, t) : start + (1 - start) * t;
        }
        double t = (step - top) / Math.max(1, steps - 1 - top);
        return kind == Kind.CONSTANT ? 1 : cosine(1, end, t);
    }

    /** From {@code a} at t = 0 to {@code b} at t = 1 along half a cosine. */
    private static double cosine(double a, double b, double t) {
        return b + (a - b) * (1 + Math.cos(Math.PI * t)) / 2;
    }
}
