package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TotalsTest {

    private final Totals totals = new Totals();

    @Test
    void meanOverTheBatchesOfAKey() {
        totals.start("train");
        totals.start("validate");
        totals.add("train", 1);
        totals.add("train", 4);
        totals.add("validate", 10);
        assertThat(totals.mean("train")).isEqualTo(2.5f);
        assertThat(totals.mean("validate")).isEqualTo(10);
    }

    @Test
    void resetForgetsAndKeepsTheKey() {
        totals.start("train");
        totals.add("train", 1);
        totals.reset("train");
        assertThat(totals.mean("train")).isNaN();
        totals.add("train", 3);
        assertThat(totals.mean("train")).isEqualTo(3);
    }

    @Test
    void aKeyThatWasNeverStartedIsAnErrorAsInDjl() {
        totals.add("other", 1);
        assertThatThrownBy(() -> totals.mean("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
    }
}
