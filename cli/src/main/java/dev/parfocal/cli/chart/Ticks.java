package dev.parfocal.cli.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The round numbers of an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param step the distance between two of them
 * @param values in ascending order, all within the range asked for
 */
record Ticks(double step, List<Double> values) {

    private static final double[] MULTIPLES = {1, 2, 5, 10};

    /** About {@code wanted} ticks between two numbers. */
    static Ticks between(double from, double to, int wanted) {
        return between(from, to, wanted, 0);
    }

    /** The same, two of them at least {@code least} apart. */
    static Ticks between(double from, double to, int wanted, double least) {
        double step = Math.max(least, step((to - from) / wanted));
        List<Double> values = new ArrayList<>();
        double slack = step * 1e-9;
        for (long k = (long) Math.ceil((from - slack) / step); k * step <= to + slack; k++) {
            values.add(k * step);
        }
        return new Ticks(step, values);
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double multiple : MULTIPLES) {
            if (rough <= multiple * power * (1 + 1e-9)) {
                return multiple * power;
            }
        }
        return 10 * power;
    }

    /** A tick as text, with as many decimals as tell it from its neighbours. */
    String label(double value) {
        if (Math.abs(value) < step * 1e-6) {
            return "0";
        }
        if (step < 1e-4 || Math.abs(value) >= 1e6) {
            return String.format(java.util.Locale.ROOT, "%.3g", value).replace('-', '\u2212');
        }
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.toPlainString().replace('-', '\u2212');
    }
}
