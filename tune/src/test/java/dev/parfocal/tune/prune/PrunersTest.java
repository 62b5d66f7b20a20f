package dev.parfocal.tune.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.sampler.RandomSampler;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Study;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrunersTest {
    private static final Space SPACE = new Space(List.of(new Variable("x", new Real(0, 1, Scale.LINEAR))));

    private static Study study(Pruner pruner, boolean maximize) {
        Study study = Study.inMemory(
                new Definition(SPACE, List.of(new Metric("m", maximize)), 1), new RandomSampler(), pruner);
        for (int i = 0; i < 10; i++) {
            study.ask(10);
        }
        return study;
    }

    @Test
    void medianNeedsOthersAndComparesTheBestSoFar() {
        Study study = study(new MedianPruner(3, 1), true);

        assertThat(study.report(0, 2, 0.1)).as("nobody to compare with").isFalse();
        study.report(1, 2, 0.2);
        assertThat(study.report(2, 2, 0.05)).as("two others are too few").isFalse();
        assertThat(study.report(3, 1, 0)).as("warm-up").isFalse();
        assertThat(study.report(4, 2, 0.09))
                .as("below the median of .1, .2, .05")
                .isTrue();
        study.report(5, 1, 0.5);
        assertThat(study.report(5, 2, 0)).as("its best so far is above").isFalse();
        assertThat(study.report(6, 2, Double.NaN)).isFalse();
    }

    @Test
    void medianKnowsTheDirection() {
        Study study = study(new MedianPruner(1, 0), false);
        study.report(0, 1, 5);

        assertThat(study.report(1, 1, 6)).isTrue();
        assertThat(study.report(2, 1, 4)).isFalse();
    }

    /** The rule by hand: with factor 2, the k-th to reach a rung goes on if it is among the best max(1, k / 2). */
    @Test
    void halvingKeepsTheBestShareOfEachRung() {
        Study study = study(new HalvingPruner(3, 2), true);

        assertThat(study.report(0, 3, 0.5)).isFalse();
        assertThat(study.report(1, 3, 0.4)).isTrue();
        assertThat(study.report(2, 3, 0.6)).isFalse();
        assertThat(study.report(3, 3, 0.5)).as("second best of four").isFalse();
        assertThat(study.report(4, 3, 0.45)).isTrue();
        assertThat(study.report(5, 4, 0)).as("no rung").isFalse();
        assertThat(study.report(0, 6, 0.1)).as("alone at the next rung").isFalse();
        assertThat(study.report(2, 6, 0.05)).isTrue();
    }

    @Test
    void badNumbersAreRefused() {
        assertThatThrownBy(() -> new HalvingPruner(0, 2)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new HalvingPruner(1, 1)).isInstanceOf(ParfocalException.class);
    }
}
