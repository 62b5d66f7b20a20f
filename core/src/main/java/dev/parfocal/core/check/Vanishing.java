package dev.parfocal.core.check;

import java.util.Arrays;

/** Finds out whether a loss that is not 0 is 0 in float, with its gradient, wherever one looks. */
final class Vanishing {

    private double largest;
    private boolean anyFound;

    void add(Answer found, Answer expected) {
        if (expected.isFinite()) {
            largest = Math.max(largest, size(expected));
        }
        anyFound |= size(found) != 0;
    }

    boolean isTotal() {
        return !anyFound && largest > 0;
    }

    /** The largest value or gradient that there should be. */
    double largest() {
        return largest;
    }

    private static double size(Answer answer) {
        double slope = Arrays.stream(answer.gradient()).map(Math::abs).max().orElse(0);
        return Math.max(Math.abs(answer.value()), slope);
    }
}
