package dev.parfocal.core.schedule;

/** A schedule that depends on the share of the run that is done, however many steps it has. */
public sealed interface Curve extends Schedule permits Constant, Linear, Cosine, Polynomial, Steps, Piecewise, During {
    /**
     * The value at a share of the run.
     *
     * @param t 0 at the first step, 1 at the last
     */
    double at(double t);

    @Override
    default double at(long step, long steps) {
        return at(Math.min(1, step / (double) Math.max(1, steps - 1)));
    }

    /** All of this curve within the part {@code [start, end]} of the run. */
    default Curve during(double start, double end) {
        return new During(this, start, end);
    }
}
