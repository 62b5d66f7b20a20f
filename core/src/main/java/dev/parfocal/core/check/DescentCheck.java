package dev.parfocal.core.check;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The loss leads towards its target.
 *
 * <ul>
 *   <li>Pointwise, with targets between two ends: with all targets at their upper ends the loss never rises with a negative
 *       logit, and with all at their lower ends it never falls with a positive one. Beyond, it may hold back confidence, as
 *       smoothed labels do.
 *   <li>Rows with one target: at a whole number the loss never rises with the logit of that index while another is greater.
 *   <li>Rows with a given row alone: no row is better than the given one.
 *   <li>Boxes: no box is better than the target itself.
 * </ul>
 */
final class DescentCheck implements Check {

    private static final String NAME = "descends";
    private static final double LIMIT = 1e-9;

    @Override
    public Finding run(List<Variant> variants) {
        Loss loss = variants.get(0).loss();
        boolean ends =
                loss.given().stream().allMatch(input -> Double.isFinite(input.min()) && Double.isFinite(input.max()));
        if (loss.kind() == Kind.POINTWISE && !ends) {
            return Finding.skipped(NAME, "a target without a range has no ends to lead to");
        }
        if (loss.kind() == Kind.ROW && loss.declaredGiven().size() != 1) {
            return Finding.skipped(NAME, "only rows with one target, or one given row, are checked");
        }
        if (loss.kind() == Kind.BOX && !new Samples(loss, 0).isPair()) {
            return Finding.skipped(NAME, "the inputs are not two boxes");
        }
        Worst worst = new Worst();
        for (Variant variant : variants) {
            Oracle oracle = new Oracle(variant.program());
            for (Point point : variant.moderate()) {
                switch (loss.kind()) {
                    case POINTWISE -> pointwise(variant.loss(), oracle, point, worst);
                    case ROW -> {
                        if (loss.isGivenRows()) {
                            pair(variant.loss(), oracle, point, worst);
                        } else {
                            row(variant.loss(), oracle, point, worst);
                        }
                    }
                    case BOX -> pair(variant.loss(), oracle, point, worst);
                }
            }
        }
        boolean holds = worst.isWithin(LIMIT);
        String figure = holds
                ? "towards the target everywhere"
                : String.format(Locale.ROOT, "leads away from the target by %.1e", worst.figure());
        return Finding.of(NAME, holds, figure, holds ? "" : worst.place());
    }

    private static void pointwise(Loss loss, Oracle oracle, Point point, Worst worst) {
        boolean negative = point.predicted()[0] < 0;
        double[] target = loss.given().stream()
                .mapToDouble(input -> negative ? input.max() : input.min())
                .toArray();
        double slope = oracle.at(point.predicted(), target).gradient()[0];
        worst.add(negative ? slope : -slope, loss, new Point(point.predicted(), target));
    }

    private static void row(Loss loss, Oracle oracle, Point point, Worst worst) {
        double[] logits = point.predicted();
        int index = (int) Math.max(0, Math.min(logits.length - 1, Math.rint(point.given()[0])));
        boolean behind = Arrays.stream(logits).anyMatch(logit -> logit > logits[index]);
        if (behind && loss.given().get(0).accepts(index)) {
            double[] given = {index};
            worst.add(oracle.at(logits, given).gradient()[index], loss, new Point(logits, given));
        }
    }

    private static void pair(Loss loss, Oracle oracle, Point point, Worst worst) {
        double best = oracle.at(point.given(), point.given()).value();
        worst.add(best - oracle.at(point.predicted(), point.given()).value(), loss, point);
    }
}
