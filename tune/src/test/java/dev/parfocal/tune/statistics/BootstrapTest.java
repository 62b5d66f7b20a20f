package dev.parfocal.tune.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bootstrap finds what was planted, and does not find what was not. */
class BootstrapTest {

    /** Values of two settings on each image and seed: what they share, and a gap between them. */
    private static Bootstrap.Statistic means(long seed, int images, int seeds, double gap, double own) {
        Random random = new Random(seed);
        double[][][] value = new double[2][seeds][images];
        for (int image = 0; image < images; image++) {
            double shared = random.nextGaussian();
            for (int s = 0; s < seeds; s++) {
                value[0][s][image] = shared + own * random.nextGaussian();
                value[1][s][image] = shared + own * random.nextGaussian() + gap;
            }
        }
        return (imageWeights, seedWeights) ->
                new double[] {mean(value[0], imageWeights, seedWeights), mean(value[1], imageWeights, seedWeights)};
    }

    private static double mean(double[][] value, int[] imageWeights, int[] seedWeights) {
        double sum = 0;
        double count = 0;
        for (int s = 0; s < value.length; s++) {
            for (int i = 0; i < value[s].length; i++) {
                double weight = (double) imageWeights[i] * seedWeights[s];
                sum += weight * value[s][i];
                count += weight;
            }
        }
        return sum / count;
    }

    @Test
    void aGapThatTheSharedScatterHidesIsFoundByPairing() {
        Sampled sampled = new Bootstrap(80, 3, 1000, 1).run(means(1, 80, 3, 0.3, 0.1));

        Spread difference = sampled.difference(1, 0);
        assertThat(difference.estimate()).isCloseTo(0.3, within(0.05));
        assertThat(difference.bca(0.95).contains(0.3)).isTrue();
        assertThat(difference.bca(0.95).low()).isPositive();
        assertThat(difference.p()).isBetween(2.0 / 1001, 0.01);
        Interval alone = sampled.of(0).percentile(0.95);
        assertThat(alone.high() - alone.low()).isGreaterThan(0.3);
    }

    @Test
    void theIntervalMissesTheTruthAboutAsOftenAsItSays() {
        int missed = 0;
        int found = 0;
        for (int round = 0; round < 200; round++) {
            Spread difference = new Bootstrap(60, 1, 400, round)
                    .run(means(round, 60, 1, 0, 0.5))
                    .difference(0, 1);
            missed += difference.bca(0.9).contains(0) ? 0 : 1;
            found += difference.p() < 0.1 ? 1 : 0;
        }
        assertThat(missed).isBetween(8, 36);
        assertThat(found).isBetween(missed - 3, missed + 3);
    }

    @Test
    void seedsThatDifferWidenTheInterval() {
        Bootstrap.Statistic steady = (images, seeds) -> new double[] {images[0]};
        Bootstrap.Statistic moody = (images, seeds) -> new double[] {images[0] + 5 * (seeds[0] - seeds[2])};

        Interval narrow = new Bootstrap(9, 3, 500, 2).run(steady).of(0).percentile(0.9);
        Interval wide = new Bootstrap(9, 3, 500, 2).run(moody).of(0).percentile(0.9);

        assertThat(wide.high() - wide.low()).isGreaterThan(narrow.high() - narrow.low() + 5);
    }

    @Test
    void equalSeedsGiveEqualDrawsAndWeightsAddUp() {
        Bootstrap.Statistic first = (images, seeds) -> {
            assertThat(Arrays.stream(images).sum()).isBetween(29, 30);
            assertThat(Arrays.stream(seeds).sum()).isEqualTo(4);
            return new double[] {images[0] + 10 * images[29] + 100 * seeds[0]};
        };

        Sampled once = new Bootstrap(30, 4, 50, 3).run(first);

        assertThat(new Bootstrap(30, 4, 50, 3).run(first).drawn()).isDeepEqualTo(once.drawn());
        assertThat(new Bootstrap(30, 4, 50, 4).run(first).drawn())
                .matches(other -> !Arrays.deepEquals(other, once.drawn()));
        assertThat(once.without()).hasDimensions(30, 1);
    }

    @Test
    void equalSettingsDoNotDifferAndMissingNumbersAreLeftOut() {
        Bootstrap.Statistic statistic =
                (images, seeds) -> new double[] {images[0], images[0], images[0] == 0 ? Double.NaN : 1};

        Sampled sampled = new Bootstrap(5, 1, 300, 5).run(statistic);

        Spread none = sampled.difference(0, 1);
        assertThat(none.p()).isEqualTo(1);
        assertThat(none.bca(0.95)).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(sampled.of(2).resamples()).isBetween(150, 250);
        assertThat(new Spread(Double.NaN, new double[0], new double[0]).exists())
                .isFalse();
    }

    /** n pairs that all point one way: of the 2^n ways to swap them, two are that extreme. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 12})
    void fewImagesShowNothing(int images) {
        Bootstrap.Statistic sum =
                (weights, seeds) -> new double[] {Arrays.stream(weights).sum(), 0};

        Spread difference = new Bootstrap(images, 1, 5000, 7).run(sum).difference(0, 1);

        assertThat(difference.observations()).isEqualTo(images);
        assertThat(difference.p()).isEqualTo(Math.max(2.0 / 5001, Math.pow(2, 1 - images)));
        assertThat(difference.p() < Difference.LEVEL).isEqualTo(images >= 6);
    }

    /** A hundred images of which two bear on the difference are two. */
    @Test
    void imagesThatChangeNothingDoNotCount() {
        Bootstrap.Statistic statistic = (weights, seeds) -> new double[] {3 + weights[4] + weights[70], 0};

        Spread difference = new Bootstrap(100, 2, 2000, 7).run(statistic).difference(0, 1);

        assertThat(difference.observations()).isEqualTo(2);
        assertThat(difference.leastP()).isEqualTo(0.5);
        assertThat(difference.p()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> new Bootstrap(0, 1, 1, 1))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("a bootstrap needs at least 1 image, seed and resample, not 0, 1 and 1");
        assertThatThrownBy(() -> PairedWilcoxon.p(new double[1], new double[2]))
                .hasMessage("pairs need two lists of equal length, not 1 and 2");
    }
}
