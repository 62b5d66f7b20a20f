package dev.parfocal.core.statistics;

import java.util.Arrays;

/**
 * What a pointwise loss did to a batch, added up while it was evaluated. Its logit is taken for that of a sigmoid, p. With
 * p_t = p for elements whose target is not 0 (positives) and p_t = 1 - p for the others (negatives), an element is easy
 * where p_t is at least {@value #EASY}: "well-classified" in Lin et al., Focal Loss, ICCV 2017, figure 1. Ignored elements
 * count for nothing. The figures are the same for any number of threads.
 *
 * @param positives elements whose target is not 0, by p_t
 * @param negatives elements whose targets are 0, by p_t
 * @param gradientByClass {@code [classes]} sum of |gradient|, positives and negatives together
 * @param positivesByClass {@code [classes]} how many positives each class has
 * @param saturated elements whose |logit| is above {@link #SATURATION}
 * @param largestLogit of all elements; minus infinity if there is none
 */
public record LossStatistics(
        Group positives,
        Group negatives,
        double[] gradientByClass,
        long[] positivesByClass,
        long saturated,
        float largestLogit) {

    /** The p_t from which on an element is easy. */
    public static final double EASY = .5;

    /** From this |logit| on sigmoid in float32 is 1 to the last bit, and code that computes 1 - p has lost everything. */
    public static final double SATURATION = 25 * Math.log(2);

    private static final int FIRST_EASY = (int) Math.round(EASY * ProbabilityBins.COUNT);

    /**
     * Elements by p_t, in the bins of {@link ProbabilityBins}.
     *
     * @param counts {@code [10]} how many
     * @param gradients {@code [10]} sums of |gradient|
     */
    public record Group(long[] counts, double[] gradients) {

        /** Both groups together. */
        public Group plus(Group other) {
            long[] sumOfCounts = counts.clone();
            double[] sumOfGradients = gradients.clone();
            Arrays.setAll(sumOfCounts, bin -> counts[bin] + other.counts[bin]);
            Arrays.setAll(sumOfGradients, bin -> gradients[bin] + other.gradients[bin]);
            return new Group(sumOfCounts, sumOfGradients);
        }

        /** How many elements. */
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /** The sum of |gradient| of all. */
        public double gradient() {
            return Arrays.stream(gradients).sum();
        }

        /** The sum of |gradient| of those whose p_t is {@link LossStatistics#EASY} or more. */
        public double easyGradient() {
            return Arrays.stream(gradients, FIRST_EASY, gradients.length).sum();
        }

        /** The sum of |gradient| of those whose p_t is less than {@link LossStatistics#EASY}. */
        public double hardGradient() {
            return Arrays.stream(gradients, 0, FIRST_EASY).sum();
        }
    }

    /** The statistics of two batches with the same classes together. */
    public LossStatistics plus(LossStatistics other) {
        double[] byClass = gradientByClass.clone();
        long[] positivesOfClasses = positivesByClass.clone();
        Arrays.setAll(byClass, c -> gradientByClass[c] + other.gradientByClass[c]);
        Arrays.setAll(positivesOfClasses, c -> positivesByClass[c] + other.positivesByClass[c]);
        return new LossStatistics(
                positives.plus(other.positives),
                negatives.plus(other.negatives),
                byClass,
                positivesOfClasses,
                saturated + other.saturated,
                Math.max(largestLogit, other.largestLogit));
    }

    /** The sum of |gradient| of all elements. */
    public double gradient() {
        return positives.gradient() + negatives.gradient();
    }

    /** How many elements count. */
    public long elements() {
        return positives.count() + negatives.count();
    }

    /** The highest probability that was predicted, in [0, 1]. */
    public double highestScore() {
        return 1 / (1 + Math.exp(-largestLogit));
    }
}
