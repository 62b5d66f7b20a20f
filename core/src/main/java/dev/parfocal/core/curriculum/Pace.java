package dev.parfocal.core.curriculum;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;

/**
 * How much each of a batch's objects counts while a detector goes from easy to hard. A threshold, share or exponent that
 * follows a {@link dev.parfocal.core.schedule.Schedule} makes it a curriculum. An object of weight 0 should count for
 * nothing at all: ignore its points, for they are no background either.
 */
public final class Pace {

    private Pace() {}

    /**
     * Self-paced learning: 1 for objects whose loss is at most {@code threshold}, 0 for the others. Kumar, Packer, Koller:
     * Self-Paced Learning for Latent Variable Models, NeurIPS 2010, eq. 3; its 1/K is the threshold, which should grow.
     *
     * @param losses {@code [objects]}
     */
    public static double[] byLoss(double[] losses, double threshold) {
        requireNoNaN("the loss", losses);
        return Arrays.stream(losses).map(loss -> loss <= threshold ? 1 : 0).toArray();
    }

    /**
     * Self-paced learning by rank: 1 for the share of objects that have the lowest losses, rounded up; 0 for the others. It
     * needs no idea of how large losses are.
     *
     * @param losses {@code [objects]}
     * @param share in [0, 1]
     */
    public static double[] easiest(double[] losses, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new ParfocalException("the share of easiest objects must be in [0, 1], not " + share);
        }
        requireNoNaN("the loss", losses);
        int kept = (int) Math.ceil(share * losses.length);
        if (kept == 0) {
            return new double[losses.length];
        }
        double[] ascending = losses.clone();
        Arrays.sort(ascending);
        return byLoss(losses, ascending[kept - 1]);
    }

    /**
     * Large objects first: 1 for objects of at least a size, 0 for the others. A minimum that falls to 0 lets the small ones
     * in.
     *
     * @param sizes {@code [objects]}: square roots of areas, in pixels
     */
    public static double[] bySize(double[] sizes, double minimum) {
        requireNoNaN("the size", sizes);
        return Arrays.stream(sizes).map(size -> size >= minimum ? 1 : 0).toArray();
    }

    /**
     * Large objects count more: {@code size^exponent}, divided by the batch's mean so that weights are 1 on average. An
     * exponent that falls to 0 makes all equal; below 0 small ones count more.
     *
     * @param sizes {@code [objects]}: square roots of areas, in pixels, above 0
     */
    public static double[] bySizeGradually(double[] sizes, double exponent) {
        requireNoNaN("the size", sizes);
        double[] weights =
                Arrays.stream(sizes).map(size -> Math.pow(size, exponent)).toArray();
        double mean = Arrays.stream(weights).average().orElse(1);
        return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }

    private static void requireNoNaN(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new ParfocalException(what + " of object " + i + " is not a number");
            }
        }
    }
}
