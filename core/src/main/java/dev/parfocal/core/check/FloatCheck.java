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
 * not be NaN. What is lost below the smallest normal float is no error, unless the whole loss is lost there.
 */
final class FloatCheck implements Check {

    private static final double LIMIT = 1e-5;

    /** Predictions beyond this may overflow on the way to a number that a float could hold: nobody trains there. */
    private static final double HUGE = 1e5;

    /** Code may take another way to the same number, on which as much is lost again. */
    private static final double UNDERFLOWS = 4;

    private final Backend backend;

    FloatCheck(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Finding run(List<Variant> variants) {
        String name = backend.name().toLowerCase(Locale.ROOT) + " float";
        Worst worst = new Worst();
        for (Variant variant : variants) {
            Vanishing vanishing = new Vanishing();
            List<Point> points = new ArrayList<>(variant.moderate());
            points.addAll(variant.extreme());
            List<Answer> answers = FloatRun.of(variant.loss(), points, backend);
            Magnitudes truth = new Magnitudes(variant.program());
            int exact = variant.loss().kind() == Kind.BOX ? variant.moderate().size() : points.size();
            for (int i = 0; i < exact; i++) {
                Answer expected = judge(variant.loss(), points.get(i), answers.get(i), truth, worst);
                vanishing.add(answers.get(i), expected);
            }
            if (vanishing.isTotal()) {
                String figure = "0 everywhere in float32, where it should be up to "
                        + String.format(Locale.ROOT, "%.1e", vanishing.largest());
                return Finding.of(name, false, figure, points.get(0).of(variant.loss()));
            }
            for (int i = exact; i < points.size(); i++) {
                worst.add(answers.get(i).isFinite() ? 0 : Double.POSITIVE_INFINITY, variant.loss(), points.get(i));
            }
        }
        double ulps = worst.figure() / Math.ulp(1f);
        String figure = String.format(
                Locale.ROOT, "relative error %.1e = %.1f ulp at most (limit %.0e)", worst.figure(), ulps, LIMIT);
        boolean holds = worst.isWithin(LIMIT);
        String hint = holds ? "" : ClampHint.of(variants.get(0).program());
        return Finding.of(name, holds, figure + hint, worst.place());
    }

    /** Judges what was found at a point, and returns the truth. */
    private static Answer judge(Loss loss, Point point, Answer found, Magnitudes truth, Worst worst) {
        Answer expected = truth.at(point.predicted(), point.given());
        if (loss.kind() == Kind.ROW && spread(point.predicted()) > Float.MAX_VALUE / 4) {
            boolean isNumber = !Double.isNaN(
                    found.value() + Arrays.stream(found.gradient()).sum());
            worst.add(isNumber ? 0 : Double.NaN, loss, point);
            return expected;
        }
        boolean huge =
                Arrays.stream(point.predicted()).anyMatch(number -> Math.abs(number) > HUGE) && truth.isBeyondFloats();
        worst.add(error(found.value(), expected.value(), truth.value(), truth.valueSlack(), huge), loss, point);
        boolean smooth = !truth.isAtKink();
        for (int i = 0; i < found.gradient().length && smooth; i++) {
            double slack = truth.gradientSlack(i);
            worst.add(error(found.gradient()[i], expected.gradient()[i], truth.gradient(i), slack, huge), loss, point);
        }
        return expected;
    }

    private static double spread(double[] row) {
        return Arrays.stream(row).max().orElse(0) - Arrays.stream(row).min().orElse(0);
    }

    private static double error(double found, double expected, double magnitude, double slack, boolean huge) {
        double size = Math.max(magnitude, Math.abs(expected));
        if (!(Math.abs(expected) <= Float.MAX_VALUE) || huge && Double.isInfinite(found)) {
            return 0;
        }
        if (!Double.isFinite(found)) {
            return Double.POSITIVE_INFINITY;
        }
        double beyondUnderflow = Math.abs(found - expected) - UNDERFLOWS * slack;
        return beyondUnderflow <= 0 ? 0 : beyondUnderflow / size;
    }
}
