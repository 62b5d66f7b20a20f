package dev.parfocal.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final long STEPS = 101;

    /** Step k of 101 is at k percent of the run. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2                                                    | 2   | 2    | 2    | 2    | 2
            constant -1.5                                        | -1.5| -1.5 | -1.5 | -1.5 | -1.5
            linear 0 to 2                                        | 0   | 0.5  | 1    | 1.5  | 2
            cosine 3 to 1                                        | 3   | 2.707106781186547 | 2 | 1.292893218813452 | 1
            polynomial 1 to 0 power 2                            | 1   | 0.5625 | 0.25 | 0.0625 | 0
            polynomial 2 to 1 power 1                            | 2   | 1.75 | 1.5  | 1.25 | 1
            step 1                                               | 1   | 1    | 1    | 1    | 1
            step 1, 0.1 at 0.5, 0.01 at 0.75                     | 1   | 1    | 0.1  | 0.01 | 0.01
            step 1, 0.1 at 0.51                                  | 1   | 1    | 1    | 0.1  | 0.1
            piecewise 1 at 0.25, 3 at 0.75                       | 1   | 1    | 2    | 3    | 3
            piecewise 4 at 0, 0 at 0.5, 1 at 1                   | 4   | 2    | 0    | 0.5  | 1
            linear 0 to 2 during 0.25 to 0.75                    | 0   | 0    | 1    | 2    | 2
            constant 1 warmup 0.5 from 0                         | 0   | 0.5  | 1    | 1    | 1
            one-cycle 0, 1 at 0.5, 0.5                           | 0   | 0.5  | 1    | 0.75 | 0.5
            """)
    void hasItsValues(String text, double start, double quarter, double half, double late, double end) {
        Schedule schedule = Schedule.parse(text);
        double[] expected = {start, quarter, half, late, end};
        for (int i = 0; i < expected.length; i++) {
            assertThat(schedule.at(25L * i, STEPS)).as("quarter %d", i).isCloseTo(expected[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant 2",
                "linear 0 to -2.5",
                "cosine 1e-10 to 1",
                "polynomial 1 to 0 power 0.9",
                "step 1, 0.1 at 0.5, 0.01 at 0.75",
                "piecewise 0 at 0, 2 at 0.5",
                "one-cycle 0.04, 1 at 0.15, 0.001",
                "one-cycle 0.04, 1 at 0.15, 0.001 warmup 0.1 from 0",
                "linear 0 to 2 during 0.1 to 0.3",
                "cosine 1 to 0.5 during 0 to 0.5 warmup 0.25 from 2"
            })
    void readsBackItsOwnTextAndStaysInItsRange(String text) {
        Schedule schedule = Schedule.parse(text);
        assertThat(schedule).hasToString(text);
        assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
        for (int step = 0; step < 200; step++) {
            assertThat(schedule.at(step, 200)).isBetween(schedule.lowest() - 1e-12, schedule.highest() + 1e-12);
        }
        assertThat(schedule.at(0, 1)).isFinite();
        assertThat(schedule.at(300, 200)).isEqualTo(schedule.at(199, 200));
    }

    @Test
    void aWarmUpMeetsTheFirstValueAndLeavesTheRestWhole() {
        Schedule cosine = new Cosine(1, 0);
        Schedule warm = cosine.warmup(0.2, 0.5);
        assertThat(warm.at(0, 100)).isEqualTo(0.5);
        assertThat(warm.at(10, 100)).isEqualTo(0.75);
        for (int step = 0; step < 80; step++) {
            assertThat(warm.at(20 + step, 100)).isEqualTo(cosine.at(step, 80));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            liner 0 to 2                       | there is no schedule liner; there are constant, linear,
            linear 0                           | 'to' and a number are expected at the end
            linear 0 from 2                    | 'to' and a number are expected instead of 'from'
            linear zero to 2                   | a number is expected instead of 'zero'
            linear 0 to 2 to 3                 | 'to' is not expected here
            step 1, 0.1 at 0.6, 0.01 at 0.5    | places must ascend, but 0.5 follows 0.6
            step 1, 0.1 at 600                 | a place must be a share of the run, in [0, 1], but is 600
            step 1, 0.1                        | 'at' and a number are expected at the end
            piecewise                          | a number is expected at the end
            polynomial 1 to 0 power 0          | the power must be above 0
            linear 0 to 2 during 0.5 to 0.5    | must end behind its start
            one-cycle 0, 1 at 1, 0             | the top's place must be a share of the run, in [0, 1), but is 1
            one-cycle 0, 1 at 0, 0 during 0 to 1 | 'during' does not go with one-cycle
            1 warmup 1 from 0                  | the share of the warm-up
            1e999                              | the value must be a finite number
            ""                                 | a number is expected at the end
            """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("schedule '" + text + "': ")
                .hasMessageContaining(message);
    }
}
