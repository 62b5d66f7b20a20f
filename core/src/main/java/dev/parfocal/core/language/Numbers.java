package dev.parfocal.core.language;

/** Writes numbers as people do, so that they read back exactly. */
public final class Numbers {

    private Numbers() {}

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
