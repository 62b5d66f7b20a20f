package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;

/** Checks what is given for boxes and rows. */
final class Targets {

    private Targets() {}

    /** Refuses numbers outside the range of their input, and NaN; element i is number {@code from + i} of the batch. */
    static void check(Input input, float[] numbers, int from, int count) {
        float min = (float) input.min();
        float max = (float) input.max();
        boolean fine = true;
        for (int i = 0; i < count; i++) {
            fine &= numbers[i] >= min && numbers[i] <= max;
        }
        if (fine && !input.integer()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!input.accepts(numbers[i])) {
                throw new ParfocalException(
                        "the target " + input.name() + " is " + numbers[i] + " in element " + (from + i)
                                + ": it must be " + (input.range().startsWith("any") ? "" : "in ") + input.range());
            }
        }
    }
}
