package dev.parfocal.core.guard;

import dev.parfocal.core.kernel.Floats;
import java.util.Optional;

/**
 * What a search for NaN and infinities found in memory.
 *
 * @param count how many numbers are not finite
 * @param total how many were looked at
 * @param first index of the first that is not
 * @param value the first: NaN or an infinity
 */
public record NonFinite(int count, int total, int first, float value) {

    private static final int BLOCK = 1024;

    /** Whether all numbers are finite. Costs a product and a sum per number. */
    public static boolean isAbsent(Floats numbers) {
        float[] block = new float[Math.min(BLOCK, numbers.length())];
        float sum = 0;
        for (int from = 0; from < numbers.length(); from += BLOCK) {
            int count = Math.min(BLOCK, numbers.length() - from);
            numbers.read(from, block, 0, count);
            for (int i = 0; i < count; i++) {
                // 0 times a number is 0, unless the number is infinite or NaN.
                sum += 0 * block[i];
            }
        }
        return sum == 0;
    }

    /** The numbers that are not finite; empty if all are. */
    public static Optional<NonFinite> in(Floats numbers) {
        int count = 0;
        int first = -1;
        for (int i = 0; i < numbers.length(); i++) {
            if (!Float.isFinite(numbers.get(i))) {
                first = first < 0 ? i : first;
                count++;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new NonFinite(count, numbers.length(), first, numbers.get(first)));
    }

    /** The number as sentences have it: {@code NaN}, {@code infinity}, {@code 1.5}. */
    public static String shown(double number) {
        if (Double.isInfinite(number)) {
            return number < 0 ? "-infinity" : "infinity";
        }
        return number == (float) number ? Float.toString((float) number) : Double.toString(number);
    }

    /** {@code NaN (3 of 27648 are not finite)}. */
    @Override
    public String toString() {
        return shown(value) + " (" + count + " of " + total + " are not finite)";
    }
}
