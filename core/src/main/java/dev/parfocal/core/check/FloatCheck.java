package dev.parfocal.core.check;

import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An executor in float against the oracle in double: it is finite wherever the truth fits into a float, and right wherever
 * the truth is a normal float. Where the truth is a difference of two terms, it is judged by the larger. Boxes at the edges
 * of floats, whose areas no float can hold, need only be finite; rows whose logits lie further apart than floats reach must
 * not be NaN.
 */
final class FloatCheck implements Check {

    private static final double LIMIT = 1e-5;

    /** Kernels may take exponentials below the smallest normal float for 0; a row adds up many. */
    private static final double TINY = 1e-36;

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
            int exact = variant.loss().kind() == Kind.BOX ? variant.moderate().size() : points.size();
            for (int i = 0; i < exact; i++) {
                judge(variant.loss(), points.get(i), answers.get(i), truth, worst);
            }
            for (int i = exact; i < points.size(); i++) {
                worst.add(answers.get(i).isFinite() ? 0 : Double.POSITIVE_INFINITY, variant.loss(), points.get(i));
            }
        }
        double ulps = worst.figure() / Math.ulp(1f);
        String figure =
                String.format("relative error %.1e = %.1f ulp at most (limit %.0e)", worst.figure(), ulps, LIMIT);
        return Finding.of(name, worst.isWithin(LIMIT), figure, worst.place());
    }

    private static void judge(Loss loss, Point point, Answer found, Magnitudes truth, Worst worst) {
        if (loss.kind() == Kind.ROW && spread(point.predicted()) > Float.MAX_VALUE / 4) {
            boolean isNumber = !Double.isNaN(
                    found.value() + Arrays.stream(found.gradient()).sum());
            worst.add(isNumber ? 0 : Double.NaN, loss, point);
            return;
        }
        Answer expected = truth.at(point.predicted(), point.given());
        worst.add(error(found.value(), expected.value(), truth.value()), loss, point);
        for (int i = 0; i < found.gradient().length && !truth.isAtKink(); i++) {
            worst.add(error(found.gradient()[i], expected.gradient()[i], truth.gradient(i)), loss, point);
        }
    }

    private static double spread(double[] row) {
        return Arrays.stream(row).max().orElse(0) - Arrays.stream(row).min().orElse(0);
    }

    private static double error(double found, double expected, double magnitude) {
        double size = Math.max(magnitude, Math.abs(expected));
        if (!(Math.abs(expected) <= Float.MAX_VALUE)) {
            return 0;
        }
        if (!Double.isFinite(found)) {
            return Double.POSITIVE_INFINITY;
        }
        return size < TINY && Math.abs(found) < TINY ? 0 : Math.abs(found - expected) / size;
    }
}
