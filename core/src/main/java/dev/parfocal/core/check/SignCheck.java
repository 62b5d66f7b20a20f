package dev.parfocal.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The loss is never negative, unless its text says that it may be. */
final class SignCheck implements Check {

    /** Rounding may leave this much below zero. */
    private static final double LIMIT = 1e-9;

    @Override
    public Finding run(List<Variant> variants) {
        if (variants.get(0).loss().mayBeNegative()) {
            return Finding.skipped("not negative", "the text says that it may be negative");
        }
        Worst worst = new Worst();
        for (Variant variant : variants) {
            Oracle oracle = new Oracle(variant.program());
            List<Point> all = new ArrayList<>(variant.moderate());
            all.addAll(variant.extreme());
            for (Point point : all) {
                double value = oracle.at(point.predicted(), point.given()).value();
                if (Double.isFinite(value)) {
                    worst.add(-value, variant.loss(), point);
                }
            }
        }
        boolean holds = worst.isWithin(LIMIT);
        String figure = String.format(Locale.ROOT, "the smallest value is %.1e", 0.0 - worst.figure());
        return Finding.of(
                "not negative", holds, figure + (holds ? "" : "; declare 'may be negative' if it may"), worst.place());
    }
}
