package dev.parfocal.cli.chart;

import java.util.Collection;

/** The numbers that an axis shows. */
public record Range(double from, double to) {

    /** The smallest range that holds all finite numbers of some curves, with a little air, and 0 if it is near. */
    static Range ofValues(Collection<Curve> curves) {
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            for (double y : curve.y()) {
                if (Double.isFinite(y)) {
                    from = Math.min(from, y);
                    to = Math.max(to, y);
                }
            }
        }
        return from > to ? new Range(-1, 1) : withAir(from, to);
    }

    private static Range withAir(double from, double to) {
        double low = from > 0 && from < 0.5 * to ? 0 : from;
        double high = to < 0 && to > 0.5 * from ? 0 : to;
        double size = Math.max(Math.abs(low), Math.abs(high));
        double length = high - low > 1e-12 * size ? high - low : size > 0 ? size : 1;
        return new Range(low - 0.05 * length, high + 0.05 * length);
    }

    double length() {
        return to - from;
    }
}
