package dev.parfocal.core.check;

import java.util.List;

/** The stable form against the loss as written, in double, where the latter can be computed. */
final class StableFormCheck implements Check {

    private static final double LIMIT = 1e-9;

    @Override
    public Finding run(List<Variant> variants) {
        Worst worst = new Worst();
        for (Variant variant : variants) {
            Oracle textbook = new Oracle(variant.textbook());
            Oracle stable = new Oracle(variant.program());
            for (Point point : variant.moderate()) {
                double written = textbook.at(point.predicted(), point.given()).value();
                double rewritten = stable.at(point.predicted(), point.given()).value();
                if (Double.isFinite(written)) {
                    worst.add(difference(written, rewritten), variant.loss(), point);
                }
            }
        }
        String figure = String.format("differs from the text by %.1e at most (limit %.0e)", worst.figure(), LIMIT);
        return Finding.of("stable form", worst.isWithin(LIMIT), figure, worst.place());
    }

    /** Relative, but absolute for small numbers. */
    private static double difference(double written, double rewritten) {
        return Math.abs(written - rewritten) / Math.max(1e-3, Math.abs(written));
    }
}
