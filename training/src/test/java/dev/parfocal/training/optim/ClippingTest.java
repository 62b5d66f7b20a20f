package dev.parfocal.training.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClippingTest {
    private static final double FLOOR = 1e-3;
    private static final int CHANNELS = 5;
    private static final int FAN_IN = 27;

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    /** A layer before a normalisation, its scale, and an output layer with a bias, all with random gradients. */
    private static Weights weights() {
        Layers layers = new Layers(1);
        Conv.plain(layers, "conv", 3, CHANNELS, 3, 1, Initializer.HE);
        layers.constant("conv.norm.shift", 0, CHANNELS);
        Conv.biased(layers, "out", 3, 2, 3, Initializer.HE, 0);
        Weights weights = layers.finish();
        Random random = new Random(2);
        float[] gradient = new float[(int) weights.parameters()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) random.nextGaussian() * (i % 7 == 0 ? 1e-3f : 1);
        }
        weights.gradients().set(gradient);
        return weights;
    }

    private static Clipping clipping(Weights weights, double value, double ratio, double norm) {
        return new Clipping(new ClipConfig(bound(value), bound(ratio), FLOOR, bound(norm)), weights);
    }

    private static @Nullable Double bound(double number) {
        return number == 0 ? null : Double.valueOf(number);
    }

    private static double norm(float[] numbers, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) numbers[i] * numbers[i];
        }
        return Math.sqrt(sum);
    }

    private static Weight named(Weights weights, String name) {
        return weights.all().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void byNormScalesToTheLimitAndReportsBothNorms() {
        Weights weights = weights();
        weights.gradients().fill(2);
        double norm = 2 * Math.sqrt(weights.parameters());
        Clipping.Norms free = clipping(weights, 0, 0, 0).clip(weights);
        assertThat(free.before()).isCloseTo(norm, within(1e-3));
        assertThat(free.after()).isEqualTo(free.before());
        Clipping.Norms clipped = clipping(weights, 0, 0, 3).clip(weights);
        assertThat(clipped.before()).isCloseTo(norm, within(1e-3));
        assertThat(clipped.after()).isEqualTo(3);
        assertThat(weights.gradients().norm()).isCloseTo(3, within(1e-4));
    }

    @Test
    void byValueChangesWhatIsBeyondAndNothingElse() {
        Weights weights = weights();
        float[] before = weights.gradients().toArray();
        clipping(weights, 0.5, 0, 0).clip(weights);
        float[] after = weights.gradients().toArray();
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i]).isEqualTo(Math.max(-0.5f, Math.min(0.5f, before[i])));
        }
    }

    @Test
    void adaptiveBoundsTheRatioOfEveryUnitAndKeepsItsDirection() {
        Weights weights = weights();
        double ratio = 0.9;
        float[] before = weights.gradients().toArray();
        // One channel's gradient is short enough already.
        Arrays.fill(before, FAN_IN, 2 * FAN_IN, 1e-3f);
        weights.gradients().set(before);
        clipping(weights, 0, ratio, 0).clip(weights);
        float[] after = weights.gradients().toArray();
        float[] values = weights.trained().toArray();
        int offset = (int) named(weights, "conv.weight").offset();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int from = offset + channel * FAN_IN;
            int to = from + FAN_IN;
            double limit = ratio * norm(values, from, to);
            double share = Math.min(1, limit / norm(before, from, to));
            assertThat(norm(after, from, to)).isLessThanOrEqualTo(limit * (1 + 1e-6));
            for (int i = from; i < to; i++) {
                assertThat((double) after[i]).isCloseTo(share * before[i], within(1e-6));
            }
            assertThat(share == 1).as("channel %d is left alone", channel).isEqualTo(channel == 1);
        }
    }

    @Test
    void adaptiveTreatsAVectorAsOneUnitWithAFloorAndLeavesOutputsAlone() {
        Weights weights = weights();
        float[] before = weights.gradients().toArray();
        clipping(weights, 0, 0.1, 0).clip(weights);
        float[] after = weights.gradients().toArray();
        Weight shift = named(weights, "conv.norm.shift");
        int from = (int) shift.offset();
        assertThat(norm(after, from, from + CHANNELS)).isCloseTo(0.1 * FLOOR, within(1e-9));
        for (String output : new String[] {"out.weight", "out.bias"}) {
            Weight weight = named(weights, output);
            int start = (int) weight.offset();
            int end = start + (int) weight.elements();
            assertThat(Arrays.copyOfRange(after, start, end)).isEqualTo(Arrays.copyOfRange(before, start, end));
        }
    }

    @Test
    void valueComesFirstAndNormLast() {
        Weights weights = weights();
        weights.gradients().fill(0);
        float[] spike = weights.gradients().toArray();
        int at = (int) named(weights, "out.weight").offset();
        spike[at] = 1e6f;
        spike[at + 1] = 1;
        weights.gradients().set(spike);
        Clipping.Norms norms = clipping(weights, 1, 0.1, 0.5).clip(weights);
        assertThat(norms.before()).isCloseTo(1e6, within(1.0));
        assertThat(norms.after()).isEqualTo(0.5);
        // The spike no longer drowns its neighbour.
        float[] after = weights.gradients().toArray();
        assertThat((double) after[at]).isCloseTo(0.5 / Math.sqrt(2), within(1e-6));
        assertThat(after[at + 1]).isEqualTo(after[at]);
    }

    @Test
    void aGradientThatIsNotANumberIsReported() {
        Weights weights = weights();
        weights.gradients().set(nan(weights.gradients().toArray()));
        assertThat(clipping(weights, 1, 0.1, 1).clip(weights).before()).isNaN();
    }

    private static float[] nan(float[] gradient) {
        gradient[3] = Float.NaN;
        return gradient;
    }

    @Test
    void refusesNegativeLimits() {
        assertThatThrownBy(() -> clipping(weights(), 0, -0.1, 1))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("optimizer.clip: ratio must be above 0");
    }
}
