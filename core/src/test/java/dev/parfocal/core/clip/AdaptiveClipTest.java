package dev.parfocal.core.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptiveClipTest {
    private static final int UNITS = 40;
    private static final int LENGTH = 9;

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[UNITS * LENGTH];
        for (int i = 0; i < values.length; i++) {
            // Units differ in size by some orders of magnitude.
            values[i] = (float) (random.nextGaussian() * Math.pow(10, i / LENGTH % 7 - 5));
        }
        return values;
    }

    private static double norm(float[] values, int unit) {
        double sum = 0;
        for (int i = unit * LENGTH; i < (unit + 1) * LENGTH; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    @Test
    void noUnitsGradientIsLongerThanItsShareAndShorterOnesStay() {
        AdaptiveClip clip = new AdaptiveClip(0.1, 1e-3);
        float[] weights = random(1);
        float[] before = new float[weights.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = weights[(i + 2 * LENGTH) % before.length];
        }
        float[] after = before.clone();

        int clipped = clip.clip(Floats.of(weights), Floats.of(after), UNITS);

        int longer = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            double limit = 0.1 * Math.max(norm(weights, unit), 1e-3);
            double expected = Math.min(norm(before, unit), limit);
            longer += norm(before, unit) > limit ? 1 : 0;
            assertThat(norm(after, unit)).isCloseTo(expected, within(1e-6 * expected));
            for (int i = unit * LENGTH; i < (unit + 1) * LENGTH; i++) {
                double same = before[i] * expected / norm(before, unit);
                assertThat((double) after[i]).isCloseTo(same, within(1e-6 * expected));
            }
        }
        assertThat(clipped).isEqualTo(longer).isBetween(5, UNITS - 5);
    }

    @Test
    void weightsOfZeroCanMove() {
        float[] gradient = {3, 4};
        new AdaptiveClip(0.1, 1e-3).clip(Floats.of(new float[2]), Floats.of(gradient), 1);
        assertThat(gradient).containsExactly(new float[] {6e-5f, 8e-5f}, within(1e-10f));
    }

    @Test
    void refusesWhatDoesNotFit() {
        AdaptiveClip clip = new AdaptiveClip(0.1, 1e-3);
        assertThatThrownBy(() -> clip.clip(Floats.of(new float[4]), Floats.of(new float[4]), 3))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("do not make 3 equal units");
        assertThatThrownBy(() -> new AdaptiveClip(0, 1)).isInstanceOf(ParfocalException.class);
    }
}
