package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import java.util.Arrays;
import java.util.List;

/** Looks through what is given. */
final class Targets {

    private static final float[] ZEROS = new float[CompiledKernel.TILE];

    private Targets() {}

    /** Refuses numbers outside the range of their input, and NaN; element i is number {@code from + i} of the batch. */
    static void check(Input input, Floats numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            check(input, numbers.get(i), from + i);
        }
    }

    /** The same of rows, each of which has a number for each input; the first of them lies at {@code first}. */
    static void check(List<Input> inputs, Floats rows, int first, int from, int count) {
        int width = inputs.size();
        for (int i = 0; i < count * width; i++) {
            check(inputs.get(i % width), rows.get(first + i), from + i / width);
        }
    }

    private static void check(Input input, float number, int element) {
        if (!input.accepts(number)) {
            throw new ParfocalException("the target " + input.name() + " is " + number + " in element " + element
                    + ": it must be " + (input.range().startsWith("any") ? "" : "in ") + input.range());
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
