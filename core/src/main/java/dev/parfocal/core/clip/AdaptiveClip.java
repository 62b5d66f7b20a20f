package dev.parfocal.core.clip;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;

/**
 * Adaptive gradient clipping: no unit's gradient is longer than a share of the unit's weights. Brock et al., arXiv
 * 2102.06171, section 4: with W the weights of an output channel, or all of a bias or another vector, and G their gradient,
 *
 * <pre>
 *     G ← ratio · max(‖W‖, floor) / ‖G‖ · G    where ‖G‖ is larger than ratio · max(‖W‖, floor)
 * </pre>
 *
 * <p>The paper leaves the last layer alone, and takes ratios of 0.01 to 0.16: the smaller the batch, the larger.
 *
 * @param ratio longest gradient as a share of the weights' length, above 0
 * @param floor what shorter weights count as, so that weights that start at 0 can move; above 0, 1e-3 in the paper
 */
public record AdaptiveClip(double ratio, double floor) {

    /** Checks the ranges. */
    public AdaptiveClip {
        if (!(ratio > 0) || !(floor > 0)) {
            throw new ParfocalException(
                    "adaptive clipping needs a ratio and a floor above 0, not " + ratio + " and " + floor);
        }
    }

    /**
     * Clips the gradient of one weight.
     *
     * @param units into how many equal parts, one behind the other, the numbers are divided: the output channels of a
     *     kernel {@code [out, …]}, 1 for a vector
     * @return how many units were clipped
     */
    public int clip(Floats weights, Floats gradients, int units) {
        if (weights.length() != gradients.length() || units < 1 || weights.length() % units != 0) {
            throw new ParfocalException("adaptive clipping: " + weights.length() + " weights and " + gradients.length()
                    + " gradients do not make " + units + " equal units");
        }
        return clip(weights, gradients, 0, units, weights.length() / units);
    }

    /** The same for a part of longer memory: {@code units} parts of {@code length} numbers from {@code from} on. */
    public int clip(Floats weights, Floats gradients, int from, int units, int length) {
        int clipped = 0;
        for (int unit = 0; unit < units; unit++) {
            int start = from + unit * length;
            double limit = ratio * Math.max(norm(weights, start, length), floor);
            double norm = norm(gradients, start, length);
            if (norm > limit) {
                scale(gradients, start, length, limit / norm);
                clipped++;
            }
        }
        return clipped;
    }

    private static void scale(Floats numbers, int from, int length, double factor) {
        for (int i = from; i < from + length; i++) {
            numbers.set(i, (float) (numbers.get(i) * factor));
        }
    }

    private static double norm(Floats numbers, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            double number = numbers.get(i);
            sum += number * number;
        }
        return Math.sqrt(sum);
    }
}
