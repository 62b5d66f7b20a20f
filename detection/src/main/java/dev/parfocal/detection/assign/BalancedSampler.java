package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Draws a number of priors of which a share at most are positive, as region proposal networks and RoI heads are trained: Ren,
 * He, Girshick, Sun: Faster R-CNN, NeurIPS 2015, section 3.1.3, arXiv 1506.01497; counts as torchvision's {@code
 * BalancedPositiveNegativeSampler}.
 *
 * <p>At most {@code floor(size * positives)} positives are drawn, and background until there are {@code size}, or all of it.
 *
 * @param size priors to draw in an image; at least 1
 * @param positives the largest share of priors that own an object, in [0, 1]
 */
public record BalancedSampler(int size, double positives) implements Sampler {

    public BalancedSampler {
        if (size < 1 || !(positives >= 0 && positives <= 1)) {
            throw new ParfocalException(
                    "balanced sampling needs a size of 1 or more and a share of positives in [0, 1], not " + size
                            + " and " + positives);
        }
    }

    @Override
    public Assignment sample(Assignment all, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] positive = where(all, prior -> all.object()[prior] >= 0);
        int[] negative = where(all, prior -> all.label()[prior] == Assignment.BACKGROUND);
        int most = Math.min(positive.length, (int) (size * positives));
        int rest = Math.min(negative.length, size - most);
        Assignment sampled = new Assignment(
                all.label().clone(),
                all.object().clone(),
                all.targetBox().clone(),
                all.alignment().clone());
        drop(positive, most, random, sampled);
        drop(negative, rest, random, sampled);
        return sampled;
    }

    private static int[] where(Assignment all, IntPredicate holds) {
        return IntStream.range(0, all.label().length).filter(holds).toArray();
    }

    /** Draws which to keep, each choice equally likely, and ignores the rest. */
    private static void drop(int[] priors, int kept, SplittableRandom random, Assignment sampled) {
        int[] shuffled = priors.clone();
        for (int i = 0; i < kept; i++) {
            int other = random.nextInt(i, shuffled.length);
            int drawn = shuffled[other];
            shuffled[other] = shuffled[i];
            shuffled[i] = drawn;
        }
        for (int i = kept; i < shuffled.length; i++) {
            sampled.ignore(shuffled[i]);
        }
    }
}
