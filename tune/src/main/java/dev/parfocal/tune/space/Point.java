package dev.parfocal.tune.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place in a space: a value for each variable that counts there.
 *
 * @param values by name, in the space's order
 */
public record Point(Map<String, Double> values) {

    /** Copies the values. */
    public Point {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether the variable counts here. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of a variable that counts here; NaN of one that does not. */
    public double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
