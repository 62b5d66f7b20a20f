package dev.parfocal.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers and durations as people write them. */
public final class Numbers {

    private static final int PLAIN_DIGITS = 6;

    private Numbers() {}

    /** A number without needless zeros: {@code 0.25}, {@code 2}, {@code 1e-12}. Exact, unlike {@link #rounded}. */
    public static String plain(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number).toLowerCase(Locale.ROOT).replace("infinity", "inf");
        }
        return shortest(BigDecimal.valueOf(number));
    }

    /** A number to this many significant digits, without needless zeros. */
    public static String rounded(double number, int digits) {
        if (!Double.isFinite(number)) {
            return plain(number);
        }
        return shortest(BigDecimal.valueOf(number).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    }

    private static String shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (stripped.signum() == 0) {
            return "0";
        }
        if (exponent >= -PLAIN_DIGITS && exponent <= PLAIN_DIGITS) {
            return stripped.toPlainString();
        }
        return stripped.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /** A duration to the second: {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
    public static String duration(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
