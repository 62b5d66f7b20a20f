package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Divergences from given rows. */
@ResourceLock(Warm.UP)
class DivergenceTest {

    private static final Options SUM = Options.of(Normalizer.none());
    private static final int BINS = 6;

    /** Distillation of Hinton, Vinyals and Dean: the label, and beside it what a teacher says of all classes. */
    private static final Loss DISTILLED = Loss.parse("""
        loss distilled(s[classes]; label in [0, classes - 1] integer, t[classes])
        param classes = 6 in [2, 99] integer "number of classes"
        param temperature = 3 in [0.1, 50] "divides the logits of both rows"
        param share = 0.7 in [0, 1] "of the teacher"
        taught = temperature^2 * kl_divergence(t, s, temperature)
        share * taught - (1 - share) * log_softmax(s, label) + 0.01 * expectation(s)
        """);

    @ParameterizedTest
    @EnumSource(
            value = Backend.class,
            names = {"REFERENCE", "SCALAR"})
    void haveTheValueAndTheGradientOfTheSumByHand(Backend backend) {
        Batches memory = Batches.seeded(2, false);
        Batch.Rows batch = memory.rows(DISTILLED, 40);
        Bits found = Bits.of(LossFunction.of(DISTILLED, backend, 2), memory, batch, SUM);
        for (int row = 0; row < 40; row++) {
            double[] logits = row(batch.logits(), row);
            double[] teacher = row(batch.given().get(1), row);
            int label = (int) batch.given().get(0).get(row);
            assertThat((double) found.values()[row]).isCloseTo(byHand(logits, label, teacher), within(1e-4));
            for (int j = 0; j < BINS; j++) {
                double middle = logits[j];
                logits[j] = middle + 1e-5;
                double above = byHand(logits, label, teacher);
                logits[j] = middle - 1e-5;
                double below = byHand(logits, label, teacher);
                logits[j] = middle;
                assertThat((double) found.gradient()[row * BINS + j]).isCloseTo((above - below) / 2e-5, within(2e-4));
            }
        }
    }

    private static double[] row(Floats numbers, int row) {
        double[] own = new double[BINS];
        Arrays.setAll(own, j -> numbers.get(row * BINS + j));
        return own;
    }

    private static double byHand(double[] logits, int label, double[] teacher) {
        double[] p = softmax(teacher, 3);
        double[] q = softmax(logits, 3);
        double[] plain = softmax(logits, 1);
        double divergence = 0;
        double mean = 0;
        for (int i = 0; i < BINS; i++) {
            divergence += p[i] * Math.log(p[i] / q[i]);
            mean += i * plain[i];
        }
        return 0.7 * 9 * divergence - 0.3 * Math.log(plain[label]) + 0.01 * mean;
    }

    private static double[] softmax(double[] logits, double temperature) {
        double[] e = Arrays.stream(logits).map(x -> Math.exp(x / temperature)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(x -> x / sum).toArray();
    }

    @Test
    void haveTheSameBitsOnEveryBackendAndForAnyNumberOfThreads() {
        Batches memory = Batches.seeded(6, false);
        Batch batch = memory.rows(DISTILLED, 3000);
        LossFunction vector = LossFunction.of(DISTILLED, Backend.best(), 3);
        Bits plain = Bits.of(LossFunction.of(DISTILLED, Backend.SCALAR, 1), memory, batch, SUM);
        plain.assertSame(Bits.of(vector, memory, batch, SUM));
        Warm.await(vector);
        plain.assertSame(Bits.of(vector, memory, batch, SUM));
    }

    @Test
    void aScheduleMovesTheTemperatureWithoutOtherCode() {
        Batches memory = Batches.seeded(8, false);
        Batch batch = memory.rows(DISTILLED, 20);
        LossFunction function = LossFunction.of(DISTILLED, Backend.SCALAR, 1);
        for (double temperature : new double[] {2, 0.5, 9}) {
            Bits moved = Bits.of(function, memory, batch, SUM.withArgument("temperature", temperature));
            Loss set = DISTILLED.with("temperature", temperature);
            Bits fixed = Bits.of(LossFunction.of(set, Backend.REFERENCE, 1), memory, batch, SUM);
            for (int i = 0; i < moved.values().length; i++) {
                assertThat((double) moved.values()[i]).isCloseTo(fixed.values()[i], within(1e-3));
            }
        }
        assertThat(function.compilations()).isEqualTo(1);
    }

    /** Rows that differ in the last places of a float: the divergence is half the variance of the difference. */
    @ParameterizedTest
    @EnumSource(
            value = Backend.class,
            names = {"REFERENCE", "SCALAR"})
    void isExactForRowsThatAreNearlyTheSame(Backend backend) {
        float[] teacher = {1, 2, 3, 1.5f, 2.5f, 0};
        float[] logits = teacher.clone();
        logits[2] += 0x1p-12f;
        float[] gradient = new float[BINS];
        Loss loss = Catalogue.get("ddf").withRowLength(BINS).with("temperature", 1);
        Batch batch =
                new Batch.Rows(Floats.of(logits), 1, BINS, List.of(Floats.of(teacher), Floats.of(new float[] {1})));
        double value = LossFunction.of(loss, backend, 1)
                .evaluate(batch, SUM, Floats.of(gradient))
                .value();
        double p = softmax(new double[] {1, 2, 3, 1.5, 2.5, 0}, 1)[2];
        assertThat(value / (p * (1 - p) * 0x1p-24 / 2)).isCloseTo(1, within(1e-3));
        assertThat(gradient[2] / (p * (1 - p) * 0x1p-12)).isCloseTo(1, within(1e-2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Backend.class,
            names = {"REFERENCE", "SCALAR"})
    void whatIsGivenIsChecked(Backend backend) {
        Loss loss = Catalogue.get("ld").withRowLength(BINS);
        float[] teacher = new float[2 * BINS];
        teacher[BINS + 2] = Float.NaN;
        LossFunction function = LossFunction.of(loss, backend, 1);
        Floats gradient = Floats.of(new float[2 * BINS]);
        Batch nan = new Batch.Rows(Floats.of(new float[2 * BINS]), 2, BINS, List.of(Floats.of(teacher)));
        assertThatThrownBy(() -> function.evaluate(nan, SUM, gradient))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("t2 is NaN")
                .hasMessageContaining("1");
        Batch numbers = new Batch.Rows(Floats.of(new float[2 * BINS]), 2, BINS, List.of(Floats.of(new float[2])));
        assertThatThrownBy(() -> function.evaluate(numbers, SUM, gradient))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("wrong size of the target t: 2 numbers where 12 are needed");
    }

    @Test
    void aTemperatureIsAboveZero() {
        assertThatThrownBy(() -> Loss.parse(
                        "loss f(s[5]; t[5])\nparam heat = 2 in [0, 9] \"temperature\"\nkl_divergence(t, s, heat)"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("formula:3:21: this temperature may be 0; it must be above 0");
    }

    @Test
    void theNumbersOfAGivenRowHaveNames() {
        Loss loss = DISTILLED.withRowLength(3);
        assertThat(loss.given()).extracting(Input::name).containsExactly("label", "t0", "t1", "t2");
        assertThat(loss.declaredGiven()).extracting(Input::name).containsExactly("label", "t");
        assertThat(loss.isGivenRows()).isTrue();
        assertThat(Catalogue.get("distribution_focal").isGivenRows()).isFalse();
    }
}
