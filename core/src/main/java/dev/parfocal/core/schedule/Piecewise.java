package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Straight lines between values at places; the first value before the first place, the last one after the last.
 *
 * @param knots at least one, in the order of their places
 */
public record Piecewise(List<Knot> knots) implements Curve {
    /** Checks number and order. */
    public Piecewise {
        knots = List.copyOf(knots);
        if (knots.isEmpty()) {
            throw new ParfocalException("piecewise needs a value at a place");
        }
        Knot.requireAscending(knots);
    }

    @Override
    public double at(double t) {
        Knot before = knots.get(0);
        for (Knot knot : knots.subList(1, knots.size())) {
            if (t < knot.at()) {
                double within = Math.max(0, (t - before.at()) / (knot.at() - before.at()));
                return Linear.between(before.value(), knot.value(), within);
            }
            before = knot;
        }
        return before.value();
    }

    @Override
    public double lowest() {
        return Knot.fold(knots, Math::min);
    }

    @Override
    public double highest() {
        return Knot.fold(knots, Math::max);
    }

    @Override
    public String toString() {
        return "piecewise " + knots.stream().map(Knot::toString).collect(Collectors.joining(", "));
    }
}
