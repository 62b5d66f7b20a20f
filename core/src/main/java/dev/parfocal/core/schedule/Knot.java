package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * A value at a place.
 *
 * @param at share of the run, in [0, 1]
 */
public record Knot(double value, double at) {
    /** Checks the ranges. */
    public Knot {
        Require.finite("a value", value);
        Require.share("a place", at);
    }

    /** Demands that each place lies behind the one before. */
    static void requireAscending(List<Knot> knots) {
        for (int i = 1; i < knots.size(); i++) {
            if (!(knots.get(i).at > knots.get(i - 1).at)) {
                throw new ParfocalException("places must ascend, but " + Numbers.shown(knots.get(i).at) + " follows "
                        + Numbers.shown(knots.get(i - 1).at));
            }
        }
    }

    static double fold(List<Knot> knots, DoubleBinaryOperator operator) {
        return knots.stream().mapToDouble(Knot::value).reduce(operator).orElseThrow();
    }

    @Override
    public String toString() {
        return Numbers.shown(value) + " at " + Numbers.shown(at);
    }
}
