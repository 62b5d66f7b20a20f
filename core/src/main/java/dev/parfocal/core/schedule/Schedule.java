package dev.parfocal.core.schedule;

/**
 * A value over the steps of a run. It follows from the step alone, so a run that is resumed goes on as if it had never
 * stopped.
 *
 * <p>A schedule is written as a line of text, which {@link #parse} reads and {@code toString} gives back; positions are
 * shares of the run, 0 its first step and 1 its last:
 *
 * <pre>
 *     2                                      always 2; also: constant 2
 *     linear 0 to 2                          a straight line
 *     cosine 1 to 0.001                      half a cosine
 *     polynomial 1 to 0 power 0.9            to + (from - to) · (1 - t)^power
 *     step 1, 0.1 at 0.6, 0.01 at 0.8        each value from its place on
 *     piecewise 0 at 0, 2 at 0.5, 1 at 1     straight lines between the places
 *     one-cycle 0.04, 1 at 0.15, 0.001       half a cosine to the top, half a cosine down
 * </pre>
 *
 * <p>Behind any of these but one-cycle, {@code during 0.2 to 0.6} does all of it in that part of the run, with the first
 * value before and the last one after. Behind any of them, {@code warmup 0.1 from 0} spends the first tenth of the run on a
 * straight line from that value to the first of the schedule, which takes the rest.
 */
public sealed interface Schedule permits Curve, OneCycle, Warmup {
    /**
     * The value at a step.
     *
     * @param step from 0; the last value for steps beyond the end
     * @param steps of the whole run, at least 1
     */
    double at(long step, long steps);

    /** No value is lower. */
    double lowest();

    /** No value is higher. */
    double highest();

    /**
     * This schedule behind a straight line from {@code from} to its first value.
     *
     * @param share of the run that the line takes, in [0, 1)
     */
    default Schedule warmup(double share, double from) {
        return new Warmup(this, share, from);
    }

    /** Always the same value. */
    static Curve constant(double value) {
        return new Constant(value);
    }

    /**
     * Reads a schedule from its text.
     *
     * @throws dev.parfocal.core.ParfocalException if it cannot be understood, says what would have been
     */
    static Schedule parse(String text) {
        return new ScheduleParser(text).parse();
    }
}
