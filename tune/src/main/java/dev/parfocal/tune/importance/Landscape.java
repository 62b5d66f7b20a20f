package dev.parfocal.tune.importance;

import dev.parfocal.tune.gp.Surrogate;
import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Domain;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.study.History;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a metric is believed to be around one point: along a variable, and over two of them. */
public final class Landscape {

    private final Surrogate surrogate;
    private final Space space;
    private final double[] centre;
    private final boolean maximize;
    private final Point point;

    private Landscape(Surrogate surrogate, Point point, boolean maximize) {
        this.surrogate = surrogate;
        this.space = surrogate.space();
        this.point = point;
        this.centre = space.toUnit(point);
        this.maximize = maximize;
    }

    /**
     * The landscape of one metric around a point.
     *
     * @param metric which of the study's metrics
     * @return empty if too few trials have ended
     */
    public static Optional<Landscape> around(Point point, History history, int metric) {
        boolean maximize = history.metrics().get(metric).maximize();
        return history.metrics().size() > 1
                ? Optional.empty()
                : Surrogate.of(history, Importance.weights(history, metric))
                        .map(surrogate -> new Landscape(surrogate, point, maximize));
    }

    /** The variables that are numbers and count at the point, in the space's order. */
    public List<String> numbers() {
        return space.variables().stream()
                .filter(variable -> point.has(variable.name()) && !(variable.domain() instanceof Choice))
                .map(variable -> variable.name())
                .toList();
    }

    /** Values of a variable, evenly over its range as it is searched. */
    public double[] values(String variable, int count) {
        Domain domain = space.variable(variable).domain();
        return IntStream.range(0, count)
                .mapToDouble(i -> domain.fromUnit((i + 0.5) / count))
                .distinct()
                .toArray();
    }

    /** What is believed of the metric where some variables have other values. */
    public double at(List<String> variables, double... values) {
        double[] place = centre.clone();
        for (int i = 0; i < values.length; i++) {
            String name = variables.get(i);
            place[index(name)] = space.variable(name).domain().toUnit(values[i]);
        }
        double cost = surrogate.cost(place);
        return maximize ? -cost : cost;
    }

    private int index(String name) {
        return space.variables().indexOf(space.variable(name));
    }
}
