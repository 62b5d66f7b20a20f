package dev.parfocal.training.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.classes.ClassWeights.Balance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    private static final ClassCounts COUNTS = new ClassCounts(List.of("car", "bus", "tram"), List.of(1000L, 100L, 10L));

    private static Map<String, Double> settled(ClassWeights weights) {
        return weights.settled("loss.classification.classWeights", COUNTS).named();
    }

    /** Of the reciprocal of the effective number, (1 - b^n) / (1 - b), computed as the sum of b^i. */
    @Test
    void effectiveNumbersAreSumsOfPowers() {
        Map<String, Double> weights = settled(new ClassWeights(Balance.EFFECTIVE, 0.99, Map.of()));
        assertThat(weights.keySet()).containsExactly("car", "bus", "tram");
        assertThat(weights.get("tram") / weights.get("car")).isCloseTo(sum(0.99, 1000) / sum(0.99, 10), within(1e-9));
        assertThat(weights.get("bus") / weights.get("car")).isCloseTo(sum(0.99, 1000) / sum(0.99, 100), within(1e-9));
        assertThat(weights.values().stream().mapToDouble(w -> w).sum()).isCloseTo(3, within(1e-12));
    }

    private static double sum(double base, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.pow(base, i);
        }
        return sum;
    }

    @Test
    void withoutMemoryEveryClassCountsTheSame() {
        assertThat(settled(new ClassWeights(Balance.EFFECTIVE, 0.0, Map.of())).values())
                .containsOnly(1.0);
    }

    @Test
    void inverseNumbersHaveTheMeanOne() {
        Map<String, Double> weights = settled(new ClassWeights(Balance.INVERSE, null, Map.of()));
        assertThat(weights.get("tram") / weights.get("car")).isCloseTo(100, within(1e-9));
        assertThat(weights.values().stream().mapToDouble(w -> w).sum()).isCloseTo(3, within(1e-12));
    }

    @Test
    void whoIsNotNamedHasOne() {
        assertThat(settled(new ClassWeights(null, null, Map.of("tram", 4.0))))
                .isEqualTo(Map.of("car", 1.0, "bus", 1.0, "tram", 4.0));
        ClassWeights once = new ClassWeights(null, null, Map.of("tram", 4.0)).settled("x", COUNTS);
        assertThat(once.settled("x", COUNTS)).isEqualTo(once);
    }

    @Test
    void columnsOfAnOutputWithABackgroundBeginWithIt() {
        Map<String, Double> named = ByName.complete("x", Map.of("bus", 2.0, "background", 0.1), 1, COUNTS.names());
        assertThat(ByName.columns("x", named, 3, 1)).containsExactly(0.1, 1.0, 2.0, 1.0);
        named.remove("background");
        assertThat(ByName.columns("x", named, 3, 1)).containsExactly(1.0, 1.0, 2.0, 1.0);
        assertThat(ByName.columns("x", named, 3, Double.NaN)).containsExactly(1.0, 2.0, 1.0);
    }

    @Test
    void whatCannotBeIsRefused() {
        ClassCounts empty = new ClassCounts(List.of("car", "bus"), List.of(7L, 0L));
        assertThatThrownBy(() -> new ClassWeights(Balance.INVERSE, null, Map.of()).settled("weights", empty))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(
                        "weights: the class bus has no object among the images to train on, so no weight follows from"
                                + " its count; name the weights, or leave the class out of the data");
        assertThatThrownBy(() -> settled(new ClassWeights(null, null, Map.of("buss", 2.0))))
                .hasMessage("loss.classification.classWeights: there is no class 'buss'; did you mean 'bus'?");
        assertThatThrownBy(() -> new ClassWeights(Balance.INVERSE, null, Map.of("car", 2.0)))
                .hasMessage("class weights are either balanced by count or named (car): leave one of them out");
        assertThatThrownBy(() -> new ClassWeights(Balance.EFFECTIVE, 1.0, Map.of()))
                .hasMessage("beta of class weights belongs to 'balanced: effective' and must be in [0, 1), but is 1.0");
        assertThatThrownBy(() -> new ClassWeights(null, 0.9, Map.of())).hasMessageEndingWith("but is 0.9 without it");
        assertThatThrownBy(() -> new ClassWeights(null, null, Map.of("car", -1.0)))
                .hasMessage("the weight of class car must be at least 0, but is -1.0");
        Map<String, Double> background = ByName.complete("x", Map.of("background", 2.0), 1, COUNTS.names());
        assertThatThrownBy(() -> ByName.columns("x", background, 3, Double.NaN))
                .hasMessage("x.background: this output has no column for the background");
        assertThatThrownBy(() -> ByName.columns("x", Map.of("car", 2.0), 3, Double.NaN))
                .hasMessage("x has numbers for 1 class (car), and the data has 3: give one for each");
    }
}
