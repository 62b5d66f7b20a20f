package dev.parfocal.core.rewrite;

/** The closed range of what a node can yield, unless it is NaN. Arithmetic on it keeps signs exactly. */
record Interval(double low, double high) {

    static final Interval REAL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Interval NON_NEGATIVE = new Interval(0, Double.POSITIVE_INFINITY);
    static final Interval UNIT = new Interval(0, 1);
    static final Interval SIGNED_UNIT = new Interval(-1, 1);

    boolean isNonNegative() {
        return low >= 0;
    }

    boolean isNonPositive() {
        return high <= 0;
    }

    boolean contains(double value) {
        return low <= value && value <= high;
    }

    boolean isWithin(Interval b) {
        return b.low <= low && high <= b.high;
    }

    /** Whether no product with such a number can overflow by itself. */
    boolean isBounded() {
        return low >= -1e3 && high <= 1e3;
    }

    Interval plus(Interval b) {
        return ordered(low + b.low, high + b.high);
    }

    Interval negated() {
        return new Interval(0 - high, 0 - low);
    }

    Interval times(Interval b) {
        double ll = product(low, b.low);
        double lh = product(low, b.high);
        double hl = product(high, b.low);
        double hh = product(high, b.high);
        return new Interval(Math.min(Math.min(ll, lh), Math.min(hl, hh)), Math.max(Math.max(ll, lh), Math.max(hl, hh)));
    }

    Interval over(Interval b) {
        if (b.contains(0)) {
            boolean sameSign = isNonNegative() && b.isNonNegative() || isNonPositive() && b.isNonPositive();
            return sameSign ? NON_NEGATIVE : REAL;
        }
        return times(new Interval(1 / b.high, 1 / b.low));
    }

    Interval absolute() {
        if (isNonNegative()) {
            return this;
        }
        return isNonPositive() ? negated() : new Interval(0, Math.max(-low, high));
    }

    Interval union(Interval b) {
        return new Interval(Math.min(low, b.low), Math.max(high, b.high));
    }

    Interval power(Interval exponent) {
        if (!isNonNegative()) {
            return REAL;
        }
        return high <= 1 && exponent.isNonNegative() ? UNIT : NON_NEGATIVE;
    }

    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    /** The interval between two bounds, of which an undefined one is unbounded. */
    static Interval ordered(double low, double high) {
        return new Interval(
                Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low,
                Double.isNaN(high) ? Double.POSITIVE_INFINITY : high);
    }
}
