package dev.parfocal.tune.space;

import dev.parfocal.core.ParfocalException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is searched. A condition looks at a variable that stands before, so that the order is one in which a point can be
 * drawn.
 *
 * @param variables at least one, with different names
 */
public record Space(List<Variable> variables) {

    /** The place of a variable that does not count, seen from all points alike. */
    private static final double NOWHERE = 0.5;

    /** Checks names and conditions. */
    public Space {
        variables = List.copyOf(variables);
        if (variables.isEmpty()) {
            throw new ParfocalException("there is nothing to search: name at least one variable");
        }
        for (int i = 0; i < variables.size(); i++) {
            check(variables.get(i), variables.subList(0, i));
        }
    }

    private static void check(Variable variable, List<Variable> before) {
        if (before.stream().anyMatch(each -> each.name().equals(variable.name()))) {
            throw new ParfocalException(variable.name() + " is searched twice: name it once");
        }
        Condition condition = variable.condition();
        if (condition == null) {
            return;
        }
        Choice choice = before.stream()
                .filter(each -> each.name().equals(condition.on()) && each.domain() instanceof Choice)
                .map(each -> (Choice) each.domain())
                .findFirst()
                .orElseThrow(() -> new ParfocalException(variable.name() + " " + condition + ": " + condition.on()
                        + " must stand before it, with options to choose from: " + condition.on() + " in {a, b}"));
        for (String option : condition.options()) {
            if (!choice.options().contains(option)) {
                throw new ParfocalException(variable.name() + " " + condition + ": " + condition.on()
                        + " has no option " + option + ", only " + String.join(", ", choice.options()));
            }
        }
    }

    public Variable variable(String name) {
        return variables.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParfocalException(name + " is not searched here"));
    }

    /** Whether a variable counts, given the values of those before it. */
    public boolean counts(Variable variable, Map<String, Double> before) {
        Condition condition = variable.condition();
        if (condition == null) {
            return true;
        }
        Double value = before.get(condition.on());
        return value != null
                && condition
                        .options()
                        .contains(variable(condition.on()).domain().shown(value));
    }

    /** The point at a place of the unit cube; {@code place} has a number in [0, 1] for every variable. */
    public Point fromUnit(double[] place) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < place.length; i++) {
            Variable variable = variables.get(i);
            if (counts(variable, values)) {
                values.put(variable.name(), variable.domain().fromUnit(place[i]));
            }
        }
        return new Point(values);
    }

    /** The place of a point in the unit cube; a variable that does not count there is in the middle. */
    public double[] toUnit(Point point) {
        return variables.stream()
                .mapToDouble(each -> point.has(each.name()) ? each.domain().toUnit(point.value(each.name())) : NOWHERE)
                .toArray();
    }

    /** Whether a point has a legal value for every variable that counts, and no other. */
    public boolean contains(Point point) {
        Map<String, Double> seen = new LinkedHashMap<>();
        for (Variable variable : variables) {
            boolean counts = counts(variable, seen);
            if (counts != point.has(variable.name())) {
                return false;
            }
            if (counts) {
                if (!variable.domain().contains(point.value(variable.name()))) {
                    return false;
                }
                seen.put(variable.name(), point.value(variable.name()));
            }
        }
        return seen.size() == point.values().size();
    }

    /** A point's values as a configuration writes them. */
    public Map<String, String> shown(Point point) {
        Map<String, String> shown = new LinkedHashMap<>();
        point.values()
                .forEach(
                        (name, value) -> shown.put(name, variable(name).domain().shown(value)));
        return shown;
    }

    /**
     * The point that {@link #shown} wrote.
     *
     * @throws ParfocalException if it is none of this space
     */
    public Point parsed(Map<String, String> shown) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            String text = shown.get(variable.name());
            if (text != null) {
                values.put(variable.name(), variable.domain().parsed(text));
            }
        }
        Point point = new Point(values);
        if (values.size() != shown.size() || !contains(point)) {
            throw new ParfocalException(shown + " is no point of the space " + this);
        }
        return point;
    }

    /** As a search writes it, variables separated by commas. */
    @Override
    public String toString() {
        return variables.stream().map(Variable::toString).collect(Collectors.joining(", "));
    }
}
