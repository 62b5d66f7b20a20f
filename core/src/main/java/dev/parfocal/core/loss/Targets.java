package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import java.util.Arrays;

/** Looks through what is given. */
final class Targets {

    private static final float[] ZEROS = new float[CompiledKernel.TILE];

    private Targets() {}

    /** Refuses numbers outside the range of their input, and NaN; element i is number {@code from + i} of the batch. */
    static void check(Input input, Floats numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (!input.accepts(numbers.get(i))) {
                throw new ParfocalException(
                        "the target " + input.name() + " is " + numbers.get(i) + " in element " + (from + i)
                                + ": it must be " + (input.range().startsWith("any") ? "" : "in ") + input.range());
            }
        }
    }

    /** The first place in [from, end) where some column is anything but plus zero; {@code end} if there is none. */
    static int nextSet(float[][] columns, int from, int end) {
        if (columns.length == 0) {
            return from;
        }
        int next = end;
        for (float[] column : columns) {
            int zeros = from < next ? Arrays.mismatch(column, from, next, ZEROS, 0, next - from) : -1;
            next = zeros < 0 ? next : from + zeros;
        }
        return next;
    }
}
