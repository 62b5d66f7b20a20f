package dev.parfocal.tune.statistics;

import java.util.Locale;

/**
 * A confidence interval.
 *
 * @param level its confidence, such as 0.95
 */
public record Interval(double low, double high, double level) {

    /** Whether it holds a value. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** As {@code 0.012 to 0.051}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f to %.3f", low, high);
    }
}
