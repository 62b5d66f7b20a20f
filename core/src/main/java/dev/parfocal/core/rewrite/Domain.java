package dev.parfocal.core.rewrite;

/**
 * The numbers that an input or a parameter may be.
 *
 * @param low the smallest; may be minus infinity
 * @param high the greatest; may be infinity
 * @param integer whether it is always a whole number
 */
public record Domain(double low, double high, boolean integer) {

    public static final Domain ANY = new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    public Domain(double low, double high) {
        this(low, high, false);
    }

    /** Whether both ends are numbers, so that a formula can be evaluated there. */
    public boolean isBounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** Whether nothing lies between the ends. */
    public boolean isEndsAlone() {
        return low == high || integer && high - low == 1;
    }

    /** What lies between the ends. */
    public Domain interior() {
        return new Domain(Math.nextUp(low), Math.nextDown(high), integer);
    }
}
