package dev.parfocal.tune.space;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;

/**
 * A range of numbers.
 *
 * @param min the smallest, above 0 on a logarithmic scale
 * @param max the largest, above {@code min}
 */
public record Real(double min, double max, Scale scale) implements Domain {

    /** Checks the range. */
    public Real {
        check(min, max, scale);
    }

    static void check(double min, double max, Scale scale) {
        if (!(min < max) || Double.isInfinite(max - min)) {
            throw new ParfocalException(range(min, max) + " is no range to search: the first number must be below the"
                    + " second, and both finite");
        }
        if (scale == Scale.LOG && !(min > 0)) {
            throw new ParfocalException(range(min, max) + " cannot be searched on a log scale: it must start above 0");
        }
    }

    static String range(double min, double max) {
        return "[" + Numbers.shown(min) + ", " + Numbers.shown(max) + "]";
    }

    @Override
    public double fromUnit(double place) {
        double value = scale == Scale.LOG ? Math.exp(lerp(Math.log(min), Math.log(max), place)) : lerp(min, max, place);
        return Math.min(max, Math.max(min, value));
    }

    private static double lerp(double from, double to, double place) {
        return from + place * (to - from);
    }

    @Override
    public double toUnit(double value) {
        return scale == Scale.LOG ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    }

    @Override
    public boolean contains(double value) {
        return value >= min && value <= max;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public String shown(double value) {
        return Double.toString(value);
    }

    @Override
    public double parsed(String text) {
        return Numeral.in(this, text);
    }
}
