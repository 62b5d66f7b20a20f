package dev.parfocal.core.schedule;

import dev.parfocal.core.language.Numbers;

/** Always the same value. */
public record Constant(double value) implements Curve {
    /** Checks the range. */
    public Constant {
        Require.finite("the value", value);
    }

    @Override
    public double at(double t) {
        return value;
    }

    @Override
    public double lowest() {
        return value;
    }

    @Override
    public double highest() {
        return value;
    }

    @Override
    public String toString() {
        return "constant " + Numbers.shown(value);
    }
}
