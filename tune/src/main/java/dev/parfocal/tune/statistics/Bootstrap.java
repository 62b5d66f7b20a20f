package dev.parfocal.tune.statistics;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The bootstrap over images and seeds: each resample draws as many images as there are, with replacement, and as many seeds,
 * and everything that is compared sees the same draw. So what two detectors share, an image that is hard for both or a seed
 * that is lucky for both, cancels in their difference. (Efron, Tibshirani: An Introduction to the Bootstrap, 1993; drawing
 * both factors is Owen's pigeonhole bootstrap, Annals of Applied Statistics 2007, which errs on the careful side.)
 *
 * <p>One seed cannot be drawn otherwise: then the results speak of these trained detectors only, not of training again.
 *
 * @param images how many images there are, at least 1
 * @param seeds how many seeds, at least 1
 * @param resamples how many draws, at least 1
 * @param seed of the draws; equal seeds give equal draws, for any number of threads
 */
public record Bootstrap(int images, int seeds, int resamples, long seed) {

    /** Left out of a jackknife at a time is one image, or one of this many groups of images. */
    private static final int GROUPS = 200;

    /** Checks the ranges. */
    public Bootstrap {
        if (images < 1 || seeds < 1 || resamples < 1) {
            throw new ParfocalException("a bootstrap needs at least 1 image, seed and resample, not " + images + ", "
                    + seeds + " and " + resamples);
        }
    }

    /** Measures a weighted choice of images and seeds. Called on several threads. */
    @FunctionalInterface
    public interface Statistic {
        /**
         * Some numbers, always as many; NaN where one does not exist.
         *
         * @param imageWeights {@code [images]} how often each counts
         * @param seedWeights {@code [seeds]} how often each counts
         */
        double[] of(int[] imageWeights, int[] seedWeights);
    }

    /** What a statistic's numbers are, how they vary over the draws, and without some images. */
    public Sampled run(Statistic statistic) {
        int[] everyImage = once(images);
        int[] everySeed = once(seeds);
        double[] estimate = statistic.of(everyImage, everySeed);
        // The sequence of one seed may not be that of another, moved on: seeds are scattered first.
        long start = new SplittableRandom(seed).nextLong();
        double[][] drawn = IntStream.range(0, resamples)
                .parallel()
                .mapToObj(draw -> {
                    SplittableRandom random = new SplittableRandom(start + draw);
                    return statistic.of(draw(images, random), draw(seeds, random));
                })
                .toArray(double[][]::new);
        int groups = Math.min(images, GROUPS);
        double[][] without = IntStream.range(0, groups)
                .parallel()
                .mapToObj(group -> statistic.of(without(group, groups), everySeed))
                .toArray(double[][]::new);
        return new Sampled(estimate, drawn, without);
    }

    private static int[] once(int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static int[] draw(int count, SplittableRandom random) {
        int[] weights = new int[count];
        for (int i = 0; i < count; i++) {
            weights[random.nextInt(count)]++;
        }
        return weights;
    }

    private int[] without(int group, int groups) {
        int[] weights = once(images);
        for (int image = group; image < images; image += groups) {
            weights[image] = 0;
        }
        return weights;
    }
}
