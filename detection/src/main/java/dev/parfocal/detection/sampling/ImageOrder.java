package dev.parfocal.detection.sampling;

import dev.parfocal.core.ParfocalException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The images of one pass over a data set, in the order in which they are seen. */
public final class ImageOrder {

    private ImageOrder() {}

    /**
     * Draws images with given frequencies. An image of weight w comes {@code count · w / sum of weights} times, rounded up or
     * down at random so that the mean is exact; with equal weights and a count of all images, each comes exactly once.
     *
     * @param weights {@code [images]} relative frequencies, at least 0 and not all 0
     * @param count how many to draw
     * @param seed equal seeds draw the same
     * @return {@code [count]} numbers of images, shuffled
     */
    public static int[] draw(double[] weights, int count, long seed) {
        double total = total(weights);
        RandomGenerator random = new SplittableRandom(seed);
        double mark = random.nextDouble();
        int[] order = new int[count];
        int drawn = 0;
        double below = 0;
        for (int image = 0; image < weights.length && drawn < count; image++) {
            // One mark for every unit of the line on which each image has a stretch of its expected number.
            below += weights[image];
            double upTo = image == weights.length - 1 ? count : count * (below / total);
            while (drawn < count && mark + drawn < upTo) {
                order[drawn++] = image;
            }
        }
        shuffle(order, random);
        return order;
    }

    private static double total(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("sampling: an image's weight must be at least 0, not " + weight);
            }
            total += weight;
        }
        if (total == 0) {
            throw new ParfocalException("sampling: every image has weight 0");
        }
        return total;
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }
}
