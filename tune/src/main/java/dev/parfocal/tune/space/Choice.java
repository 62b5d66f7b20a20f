package dev.parfocal.tune.space;

import dev.parfocal.core.ParfocalException;
import java.util.HashSet;
import java.util.List;

/**
 * Options without an order.
 *
 * @param options different texts, at least two
 */
public record Choice(List<String> options) implements Domain {

    /** Checks that there is something to choose. */
    public Choice {
        options = List.copyOf(options);
        if (options.size() < 2 || new HashSet<>(options).size() < options.size()) {
            throw new ParfocalException("{" + String.join(", ", options) + "} must be two or more different options");
        }
    }

    @Override
    public double fromUnit(double place) {
        return Math.min(options.size() - 1, Math.floor(place * options.size()));
    }

    @Override
    public double toUnit(double value) {
        return (value + 0.5) / options.size();
    }

    @Override
    public boolean contains(double value) {
        return value >= 0 && value < options.size() && value == Math.rint(value);
    }

    @Override
    public int size() {
        return options.size();
    }

    @Override
    public String shown(double value) {
        return options.get((int) value);
    }

    @Override
    public double parsed(String text) {
        int index = options.indexOf(text);
        return index < 0 ? Double.NaN : index;
    }
}
