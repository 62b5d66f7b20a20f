package dev.parfocal.core.language;

import dev.parfocal.core.ParfocalException;
import java.util.regex.Pattern;

/** Writes numbers as people do, so that they read back exactly. */
public final class Numbers {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private Numbers() {}

    /**
     * The number that a text of digits stands for: {@code 2}, {@code -0.5}, {@code 1e-3}.
     *
     * @throws ParfocalException if it is none, or if it is beyond what a double holds
     */
    public static double parse(String text) {
        String digits = text.strip();
        if (!DECIMAL.matcher(digits).matches()) {
            throw new ParfocalException("'" + digits + "' is not a number");
        }
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw new ParfocalException("'" + digits + "' is too large: no number here is beyond 1.8e308");
        }
        return number;
    }

    /** {@code 2} for 2.0, {@code 0.25}, {@code 1e-20}; infinities by name. */
    public static String shown(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e7) {
            return (number == 0 && 1 / number < 0 ? "-" : "") + (long) number;
        }
        if (Double.isInfinite(number)) {
            return number < 0 ? "-infinity" : "infinity";
        }
        return Double.toString(number).replace(".0E", "E").replace('E', 'e');
    }
}
