package dev.parfocal.tune.space;

import java.util.List;

/**
 * When a variable counts: when another one has one of some options.
 *
 * @param on name of a variable with a {@link Choice}
 * @param options some of its options
 */
public record Condition(String on, List<String> options) {
    /** Copies the list. */
    public Condition {
        options = List.copyOf(options);
    }

    @Override
    public String toString() {
        return "if " + on + (options.size() == 1 ? " = " + options.get(0) : " in {" + String.join(", ", options) + "}");
    }
}
