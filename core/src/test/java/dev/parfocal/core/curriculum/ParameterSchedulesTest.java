package dev.parfocal.core.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterSchedulesTest {

    private static final int ANCHORS = 700;
    private static final int CLASSES = 3;
    private static final long STEPS = 21;
    private static final Loss FOCAL = Catalogue.get("focal");

    private final float[] gradient = new float[ANCHORS * CLASSES];

    private static Batch batch() {
        Random random = new Random(3);
        float[] logits = new float[ANCHORS * CLASSES];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (4 * random.nextGaussian());
        }
        int[] labels = random.ints(ANCHORS, -1, CLASSES).toArray();
        float[] quality = new float[ANCHORS];
        for (int i = 0; i < ANCHORS; i++) {
            quality[i] = random.nextFloat();
        }
        return new Batch.Sparse(Floats.of(logits), ANCHORS, CLASSES, labels, quality);
    }

    private static ParameterSchedules schedules(Loss loss, String parameter, String schedule) {
        return ParameterSchedules.of(loss).with(parameter, Schedule.parse(schedule));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCALAR", "VECTOR"})
    void noStepCompilesAnything(Backend backend) {
        LossFunction function = LossFunction.of(FOCAL, backend, 1);
        ParameterSchedules schedules =
                schedules(FOCAL, "gamma", "linear 0 to 2").with("alpha", Schedule.parse("cosine 0.5 to 0.25"));
        Options options = Options.of(FOCAL.recipe());
        assertThat(function.compilations()).isZero();
        function.evaluate(batch(), schedules.apply(options, 0, STEPS), Floats.of(gradient));
        assertThat(function.compilations()).isEqualTo(1);
        for (long step = 1; step < STEPS; step++) {
            function.evaluate(batch(), schedules.apply(options, step, STEPS), Floats.of(gradient));
        }
        assertThat(function.compilations()).isEqualTo(1);
        function.evaluate(batch(), options, Floats.of(gradient));
        assertThat(function.compilations()).as("other code, and noticed").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "SCALAR", "VECTOR"})
    void anArgumentGivesWhatTheConstantGives(Backend backend) {
        LossFunction function = LossFunction.of(FOCAL, backend, 1);
        ParameterSchedules schedules = schedules(FOCAL, "gamma", "linear 0 to 2");
        float[] expected = new float[gradient.length];
        for (long step = 0; step < STEPS; step += 4) {
            double gamma = schedules.at(step, STEPS).get("gamma");
            assertThat(gamma).isEqualTo(step * 2.0 / (STEPS - 1));
            Options options = Options.of(FOCAL.recipe());
            Evaluation scheduled =
                    function.evaluate(batch(), schedules.apply(options, step, STEPS), Floats.of(gradient));
            Evaluation constant = LossFunction.of(FOCAL.with("gamma", gamma), Backend.REFERENCE, 1)
                    .evaluate(batch(), options, Floats.of(expected));
            assertThat(scheduled.value()).isCloseTo(constant.value(), withinPercentage(1e-3));
            for (int i = 0; i < gradient.length; i++) {
                assertThat(Math.abs(gradient[i] - expected[i]))
                        .isLessThanOrEqualTo(2e-5f * Math.abs(expected[i]) + 1e-9f);
            }
        }
    }

    @Test
    void theEndsOfARangeAreNotLeftByRounding() {
        ParameterSchedules schedules = schedules(FOCAL, "gamma", "piecewise 5 at 0, 5 at 0.3, 5 at 1");
        for (long step = 0; step < 1000; step++) {
            assertThat(schedules.at(step, 1000)).isEqualTo(Map.of("gamma", 5.0));
        }
    }

    @Test
    void whatCannotFollowAScheduleIsRefused() {
        assertRefused(() -> schedules(FOCAL, "gama", "1"), "no parameter 'gama'", "did you mean 'gamma'");
        assertRefused(() -> schedules(FOCAL, "gamma", "linear 0 to 6"), "to 6", "outside its range [0, 5]");
        assertRefused(() -> schedules(FOCAL, "gamma", "step 2, -1 at 0.5"), "to -1", "outside its range");
        assertRefused(
                () -> schedules(Catalogue.get("distribution_focal"), "bins", "linear 8 to 16"), "whole number", "bins");
        ParameterSchedules one = schedules(FOCAL, "gamma", "linear 0 to 2");
        assertRefused(() -> one.with("gamma", Schedule.constant(1)), "two schedules", "linear 0 to 2");
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(ParfocalException.class).message().contains(parts);
    }
}
