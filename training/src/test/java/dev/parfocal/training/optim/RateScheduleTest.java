package dev.parfocal.training.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.training.optim.RateSchedule.ConstantRate;
import dev.parfocal.training.optim.RateSchedule.CosineRate;
import dev.parfocal.training.optim.RateSchedule.LinearRate;
import dev.parfocal.training.optim.RateSchedule.OneCycleRate;
import dev.parfocal.training.optim.RateSchedule.PolynomialRate;
import dev.parfocal.training.optim.RateSchedule.StepRate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RateScheduleTest {
    private static final int STEPS = 1000;

    private static final StepRate STEP = new StepRate(0.2, 0.1, List.of(0.5, 0.75), 0.1);
    private static final LinearRate LINEAR = new LinearRate(0.2, 0.1, 0.01);
    private static final PolynomialRate POLYNOMIAL = new PolynomialRate(0.2, 0.1, 0.01, 2);

    /** Each kind with a warm-up of 20 % from 0.1, and 0.01 at the end. */
    static List<RateSchedule> kinds() {
        return List.of(
                new ConstantRate(0.2, 0.1),
                STEP,
                LINEAR,
                POLYNOMIAL,
                new CosineRate(0.2, 0.1, 0.01),
                new OneCycleRate(0.2, 0.1, 0.01));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void startsLowPeaksAtOneAndEndsAsTold(RateSchedule kind) {
        Schedule share = kind.share();
        assertThat(share.at(0, STEPS)).isCloseTo(0.1, within(1e-12));
        assertThat(share.at(200, STEPS)).isEqualTo(1);
        assertThat(share.at(100, STEPS)).isCloseTo(0.55, within(1e-12));
        assertThat(share.at(STEPS - 1, STEPS)).isCloseTo(kind instanceof ConstantRate ? 1 : 0.01, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void risesThenFallsAndStaysInRange(RateSchedule kind) {
        Schedule share = kind.share();
        for (int step = 1; step < STEPS; step++) {
            double change = share.at(step, STEPS) - share.at(step - 1, STEPS);
            assertThat(step <= 200 ? change : -change).isGreaterThanOrEqualTo(0);
            assertThat(share.at(step, STEPS)).isBetween(0.01 - 1e-12, 1.0);
        }
    }

    @Test
    void stepDropsAtItsMilestones() {
        Schedule share = STEP.share();
        assertThat(share.at(599, STEPS)).isEqualTo(1);
        assertThat(share.at(600, STEPS)).isEqualTo(0.1);
        assertThat(share.at(800, STEPS)).isCloseTo(0.01, within(1e-15));
    }

    @Test
    void polynomialFollowsItsPower() {
        // Step 600 is 400 of the 799 steps from the top to the end.
        double left = 1 - 400 / 799.0;
        assertThat(POLYNOMIAL.share().at(600, STEPS)).isCloseTo(0.01 + 0.99 * left * left, within(1e-12));
        assertThat(LINEAR.share().at(600, STEPS)).isCloseTo(0.01 + 0.99 * left, within(1e-12));
    }

    @Test
    void cosineWithoutWarmupIsHalfACosine() {
        Schedule share = new CosineRate(0, 1, 0).share();
        for (int step = 0; step < 11; step++) {
            assertThat(share.at(step, 11)).isCloseTo((1 + Math.cos(Math.PI * step / 10)) / 2, within(1e-12));
        }
    }

    /** Recorded from version 0.1's schedule, every 20th step: runs that were made with it repeat to the last bit. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            constant  | 0.04 0.5733333333333334 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
            cosine    | 0.04 0.5733333333333334 0.9990432588375102 0.9659405819203928 0.888603315556555 \
            0.7743814467463168 0.6341304050953459 0.48117938338977234 0.3300645564141143 0.1951475904910636 \
            0.0892507379742496 0.022438234722637975
            one_cycle | 0.040000000000000036 0.6033511252801266 0.9990432588375102 0.9659405819203928 0.888603315556555 \
            0.7743814467463168 0.6341304050953459 0.48117938338977234 0.3300645564141143 0.1951475904910636 \
            0.0892507379742496 0.022438234722637975
            """)
    void keepsTheBitsOfEarlierRuns(String kind, String recorded) {
        double[] expected = Arrays.stream(recorded.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Schedule share = RateSchedule.KINDS.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .share();
        for (int i = 0; i < expected.length; i++) {
            assertThat(share.at(20L * i, 240)).as("step %d", 20 * i).isEqualTo(expected[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsOfOneStepWork(RateSchedule kind) {
        assertThat(kind.share().at(0, 1)).isEqualTo(1);
    }

    @Test
    void refusesSharesOutsideTheirRange() {
        assertThatThrownBy(() -> new CosineRate(1, 0, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("schedule: the share of the warm-up must be a share of the run, in [0, 1), but is 1");
        assertThatThrownBy(() -> new CosineRate(0, -1, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("start");
        assertThatThrownBy(() -> new StepRate(0, 0, List.of(0.8, 0.6), 0.1))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("places must ascend");
    }
}
