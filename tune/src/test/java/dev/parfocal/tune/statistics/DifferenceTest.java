package dev.parfocal.tune.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Interval INTERVAL = new Interval(-0.05, -0.012, 0.95);

    private static Difference difference(boolean higherIsBetter, double adjusted) {
        return new Difference("AP", higherIsBetter, "bce", "focal", 0.381, 0.412, INTERVAL, 0.004, adjusted, 10);
    }

    @Test
    void aRealDifferenceNamesTheBetterFirst() {
        assertThat(difference(true, 0.04).sentence())
                .isEqualTo("focal is better than bce: AP 0.412 against 0.381 (difference 0.031, 95 % interval 0.012 to"
                        + " 0.050, p = 0.040 corrected for 10 comparisons). The difference is real.");
    }

    @Test
    void whereLessIsBetterTheLowerOneWins() {
        assertThat(difference(false, 0.0001).sentence())
                .startsWith("bce is better than focal: AP 0.381 against 0.412 (difference -0.031, ")
                .contains("p < 0.001");
    }

    @Test
    void whatIsNotRealIsNotCalledBetter() {
        assertThat(difference(true, 0.05).sentence())
                .startsWith("bce and focal cannot be told apart: AP 0.381 against 0.412")
                .endsWith("p = 0.050 corrected for 10 comparisons).");
        assertThat(difference(true, 0.05).isReal()).isFalse();
    }

    @Test
    void aMissingNumberIsSaid() {
        assertThat(new Difference("AP", true, "a", "b", Double.NaN, 1, INTERVAL, 1, 1, 1).sentence())
                .isEqualTo("AP of a and b cannot be compared: one of them has none.");
    }

    @Test
    void holmLeavesOutWhatCouldNotBeCompared() {
        assertThat(Holm.adjust(0.02, Double.NaN, 0.03)).containsExactly(0.04, Double.NaN, 0.04);
    }
}
