package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One value from the start, then each value from its place on: the usual drops of a learning rate.
 *
 * @param first the value before the first place
 * @param knots the values after it, in the order of their places
 */
public record Steps(double first, List<Knot> knots) implements Curve {
    /** Checks the order. */
    public Steps {
        Require.finite("the first value", first);
        knots = List.copyOf(knots);
        Knot.requireAscending(knots);
    }

    @Override
    public double at(double t) {
        double value = first;
        for (Knot knot : knots) {
            if (t >= knot.at()) {
                value = knot.value();
            }
        }
        return value;
    }

    @Override
    public double lowest() {
        return knots.isEmpty() ? first : Math.min(first, Knot.fold(knots, Math::min));
    }

    @Override
    public double highest() {
        return knots.isEmpty() ? first : Math.max(first, Knot.fold(knots, Math::max));
    }

    @Override
    public String toString() {
        return "step " + Numbers.shown(first)
                + knots.stream().map(k -> ", " + k).collect(Collectors.joining());
    }
}
