package dev.parfocal.core.check;

import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An executor in float against the oracle in double: it is finite wherever the truth fits into a float, and right wherever
 * the truth is a normal float. Where the truth is a difference of two terms, it is judged by the larger.
 */
final class FloatCheck implements Check {

    private static final double LIMIT = 1e-5;

    private final Backend backend;

    FloatCheck(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Finding run(List<Variant> variants) {
        String name = backend.name().toLowerCase(Locale.ROOT) + " float";
        Worst worst = new Worst();
        for (Variant variant : variants) {
            List<Point> points = new ArrayList<>(variant.moderate());
            points.addAll(variant.extreme());
            List<Answer> answers = FloatRun.of(variant.loss(), points, backend);
            Magnitudes truth = new Magnitudes(variant.program());
            for (int i = 0; i < points.size(); i++) {
                judge(variant.loss(), points.get(i), answers.get(i), truth, worst);
            }
        }
        double ulps = worst.figure() / Math.ulp(1f);
        String figure =
                String.format("relative error %.1e = %.1f ulp at most (limit %.0e)", worst.figure(), ulps, LIMIT);
        return Finding.of(name, worst.isWithin(LIMIT), figure, worst.place());
    }

    private static void judge(Loss loss, Point point, Answer found, Magnitudes truth, Worst worst) {
        Answer expected = truth.at(point.predicted(), point.given());
        worst.add(error(found.value(), expected.value(), truth.value()), loss, point);
        for (int i = 0; i < found.gradient().length; i++) {
            worst.add(error(found.gradient()[i], expected.gradient()[i], truth.gradient(i)), loss, point);
        }
    }

    private static double error(double found, double expected, double magnitude) {
        if (!(Math.abs(expected) <= Float.MAX_VALUE)) {
            return 0;
        }
        if (!Double.isFinite(found)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.abs(found - expected) / Math.max(Math.max(magnitude, Math.abs(expected)), Float.MIN_NORMAL);
    }
}
