package dev.parfocal.training.optim;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of gradients; each may be absent.
 *
 * @param value no element of the gradient is larger, above 0
 * @param ratio no unit's gradient is longer than this share of its weights, above 0 (adaptive gradient clipping, about 0.01 to
 *     0.2); Brock et al., arXiv 2102.06171
 * @param floor what {@code ratio} counts shorter weights as, above 0
 * @param norm gradients whose Euclidean norm is larger, after the other limits, are scaled down to it; above 0
 */
public record ClipConfig(
        @Nullable Double value,
        @Nullable Double ratio,
        double floor,
        @Nullable Double norm) {
    /** No bounds. */
    public static final ClipConfig NONE = new ClipConfig(null, null, 1e-3, null);

    /** Norms up to 10. */
    public static final ClipConfig DEFAULT = new ClipConfig(null, null, 1e-3, 10.0);

    /** Checks the ranges. */
    public ClipConfig {
        requirePositive("value", value);
        requirePositive("ratio", ratio);
        requirePositive("floor", floor);
        requirePositive("norm", norm);
    }

    private static void requirePositive(String key, @Nullable Double bound) {
        if (bound != null && !(bound > 0)) {
            throw new ParfocalException(
                    "optimizer.clip: " + key + " must be above 0, but is " + bound + "; leave out what is not wanted");
        }
    }
}
