package dev.parfocal.tune.statistics;

import java.util.Locale;

/**
 * How two settings differ in a measure.
 *
 * @param measure its name, such as AP
 * @param higherIsBetter which way is up
 * @param first a setting
 * @param second the other one
 * @param firstValue what the first reaches
 * @param secondValue what the second reaches
 * @param interval of the first less the second
 * @param p the two-sided probability of this difference if there were none
 * @param adjusted the same, corrected for the other comparisons
 * @param comparisons how many there are
 */
public record Difference(
        String measure,
        boolean higherIsBetter,
        String first,
        String second,
        double firstValue,
        double secondValue,
        Interval interval,
        double p,
        double adjusted,
        int comparisons) {

    /** The level at which a difference counts as real. */
    public static final double LEVEL = 0.05;

    /** The first less the second. */
    public double difference() {
        return firstValue - secondValue;
    }

    /** Whether it is real at {@link #LEVEL}, after correction. */
    public boolean isReal() {
        return adjusted < LEVEL;
    }

    /** Whether the first is better, real or not. */
    public boolean firstIsBetter() {
        return difference() > 0 == higherIsBetter;
    }

    /** The same the other way round. */
    private Difference turned() {
        Interval other = new Interval(-interval.high(), -interval.low(), interval.level());
        return new Difference(
                measure, higherIsBetter, second, first, secondValue, firstValue, other, p, adjusted, comparisons);
    }

    /** What to make of it, in words. */
    public String sentence() {
        if (Double.isNaN(difference()) || Double.isNaN(p)) {
            return measure + " of " + first + " and " + second + " cannot be compared: one of them has none.";
        }
        if (!firstIsBetter() && isReal()) {
            return turned().sentence();
        }
        String verdict = isReal() ? "%s is better than %s" : "%s and %s cannot be told apart";
        return String.format(
                Locale.ROOT,
                verdict + ": %s %.3f against %.3f (difference %.3f, %.0f %% interval %s, p %s%s).%s",
                first,
                second,
                measure,
                firstValue,
                secondValue,
                difference(),
                100 * interval.level(),
                interval,
                adjusted < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", adjusted),
                comparisons > 1 ? " corrected for " + comparisons + " comparisons" : "",
                isReal() ? " The difference is real." : "");
    }
}
