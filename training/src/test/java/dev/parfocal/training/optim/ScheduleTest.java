package dev.parfocal.training.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.optim.Schedule.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    private static final int STEPS = 1000;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void startsLowPeaksAtOneAndEndsAsTold(Kind kind) {
        Schedule schedule = new Schedule(kind, 0.2, 0.1, 0.01);
        assertThat(schedule.at(0, STEPS)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.at(200, STEPS)).isEqualTo(1);
        assertThat(schedule.at(100, STEPS)).isCloseTo(0.55, within(1e-12));
        assertThat(schedule.at(STEPS - 1, STEPS)).isCloseTo(kind == Kind.CONSTANT ? 1 : 0.01, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void risesThenFallsAndStaysInRange(Kind kind) {
        Schedule schedule = new Schedule(kind, 0.2, 0.1, 0.01);
        for (int step = 1; step < STEPS; step++) {
            double change = schedule.at(step, STEPS) - schedule.at(step - 1, STEPS);
            assertThat(step <= 200 ? change : -change).isGreaterThanOrEqualTo(0);
            assertThat(schedule.at(step, STEPS)).isBetween(0.01, 1.0);
        }
    }

    @Test
    void cosineWithoutWarmupIsHalfACosine() {
        Schedule schedule = new Schedule(Kind.COSINE, 0, 1, 0);
        for (int step = 0; step < 11; step++) {
            assertThat(schedule.at(step, 11)).isCloseTo((1 + Math.cos(Math.PI * step / 10)) / 2, within(1e-12));
        }
    }

    @Test
    void runsOfOneStepWork() {
        for (Kind kind : Kind.values()) {
            assertThat(new Schedule(kind, 0.15, 0.04, 0.001).at(0, 1)).isEqualTo(1);
        }
    }

    @Test
    void refusesSharesOutsideTheirRange() {
        assertThatThrownBy(() -> new Schedule(Kind.COSINE, 1, 0, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("warmup");
    }
}
