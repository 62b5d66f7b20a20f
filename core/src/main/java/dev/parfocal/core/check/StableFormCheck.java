package dev.parfocal.core.check;

import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * The stable form against the loss as written, in double, where the latter can be computed; where the text has no value,
 * because of a pole or the end of a domain, the stable form has none.
 */
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
            for (Point point : variant.plain()) {
                double written = textbook.at(point.predicted(), point.given()).value();
                double rewritten = stable.at(point.predicted(), point.given()).value();
                if (textbook.isPole() && Double.isFinite(rewritten)) {
                    Culprit culprit = Culprit.of(variant.loss(), point.predicted(), point.given());
                    String figure = "is " + Numbers.shown(rewritten) + " where the text has no value: " + culprit;
                    return Finding.of("stable form", false, figure, point.of(variant.loss()));
                }
                if (Double.isFinite(written)) {
                    worst.add(difference(written, rewritten), variant.loss(), point);
                }
            }
        }
        String figure =
                String.format(Locale.ROOT, "differs from the text by %.1e at most (limit %.0e)", worst.figure(), LIMIT);
        return Finding.of("stable form", worst.isWithin(LIMIT), figure, worst.place());
    }

    /** Relative, but absolute for small numbers. */
    private static double difference(double written, double rewritten) {
        return Math.abs(written - rewritten) / Math.max(1e-3, Math.abs(written));
    }
}
