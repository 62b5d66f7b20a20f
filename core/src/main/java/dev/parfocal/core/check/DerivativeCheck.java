package dev.parfocal.core.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The derived gradient against central differences of the loss as written, in double. Where two step sizes disagree the
 * function has a kink nearby, and the point says nothing.
 */
final class DerivativeCheck implements Check {

    private static final double LIMIT = 1e-6;

    /** Of longer rows so many logits are compared: each takes eight evaluations of the row. */
    private static final int MOST_NUMBERS = 33;

    @Override
    public Finding run(List<Variant> variants) {
        Worst worst = new Worst();
        int compared = 0;
        for (Variant variant : variants) {
            Frozen frozen = new Frozen(variant.textbook());
            Oracle oracle = new Oracle(variant.program());
            for (Point point : variant.moderate()) {
                compared += compare(variant, point, frozen, oracle.at(point.predicted(), point.given()), worst);
            }
        }
        if (compared == 0) {
            return Finding.of("derivative", false, "the loss is nowhere smooth enough to compare", "");
        }
        String figure = String.format(
                Locale.ROOT, "differs from differences by %.1e at most (limit %.0e)", worst.figure(), LIMIT);
        return Finding.of("derivative", worst.isWithin(LIMIT), figure, worst.place());
    }

    private static int compare(Variant variant, Point point, Frozen frozen, Answer answer, Worst worst) {
        frozen.hold(point);
        double scale = Math.abs(answer.value());
        for (double part : answer.gradient()) {
            scale = Math.max(scale, Math.abs(part));
        }
        int compared = 0;
        for (int i : compared(answer.gradient().length)) {
            double step = 1e-3 * Math.max(1e-2, smallest(point.predicted(), i));
            double coarse = slope(frozen, point, i, 2 * step);
            double fine = slope(frozen, point, i, step);
            if (Math.abs(coarse - fine) <= LIMIT / 4 * scale) {
                worst.add(Math.abs(fine - answer.gradient()[i]) / Math.max(scale, 1e-300), variant.loss(), point);
                compared++;
            }
        }
        return compared;
    }

    /** All of a few predicted numbers; of a long row the first, the last, and some between. */
    private static int[] compared(int width) {
        int count = Math.min(width, MOST_NUMBERS);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * (width - 1) / Math.max(1, count - 1)))
                .toArray();
    }

    private static double smallest(double[] numbers, int index) {
        return Math.min(1, Math.abs(numbers[index]));
    }

    /** Of fourth order in the step. */
    private static double slope(Frozen frozen, Point point, int i, double step) {
        double near =
                frozen.at(moved(point, i, step), point.given()) - frozen.at(moved(point, i, -step), point.given());
        double far = frozen.at(moved(point, i, 2 * step), point.given())
                - frozen.at(moved(point, i, -2 * step), point.given());
        return (8 * near - far) / (12 * step);
    }

    private static double[] moved(Point point, int i, double by) {
        double[] moved = point.predicted().clone();
        moved[i] += by;
        return moved;
    }
}
