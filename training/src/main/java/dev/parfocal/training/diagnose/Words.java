package dev.parfocal.training.diagnose;

import java.util.Locale;

/** Numbers for people. */
final class Words {
    private static final double HUNDRED = 100;
    private static final double LITTLE = 0.1;

    private Words() {}

    /** A share, with a digit behind the point where that is needed to tell it from 0 and from 100 %. */
    static String percent(double share) {
        if (share == 0 || share == 1) {
            return share == 0 ? "0 %" : "100 %";
        }
        boolean fine = share < LITTLE || share > 1 - LITTLE;
        return String.format(Locale.ROOT, fine ? "%.1f %%" : "%.0f %%", HUNDRED * share);
    }

    /** A number with about three digits. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        return size >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : size >= HUNDRED
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : size >= 1
                                ? String.format(Locale.ROOT, "%.3g", value)
                                : String.format(Locale.ROOT, "%.2g", value);
    }

    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
