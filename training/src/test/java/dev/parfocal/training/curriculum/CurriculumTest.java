package dev.parfocal.training.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.LearntObject;
import dev.parfocal.training.criterion.ObjectWeights;
import dev.parfocal.training.criterion.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurriculumTest {

    private static final Map<String, Loss> LOSSES = Map.of(
            "classification", Catalogue.get("focal"),
            "successor", Catalogue.get("varifocal"),
            "box", Catalogue.get("giou"),
            "distribution", Catalogue.get("distribution_focal"));

    private static Curriculum curriculum(AssignerConfig assigner, Map<String, Loss> losses, String... pairs) {
        List<Map<String, String>> list = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            list.add(Map.of(pairs[i], pairs[i + 1]));
        }
        return new Curriculum(CurriculumConfig.of(list), losses, assigner, 101);
    }

    private static Curriculum curriculum(String... pairs) {
        return curriculum(AssignerConfig.DEFAULT, LOSSES, pairs);
    }

    @Test
    void nothingChangesWithoutRules() {
        Curriculum none = curriculum();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.at(7)).isSameAs(StepSettings.NONE);
        assertThat(none.values(7)).isEmpty();
        assertThat(none.rare(7, 0.3)).isEqualTo(0.3);
    }

    @Test
    void everyTargetHasItsValueAtAStep() {
        Curriculum all = curriculum(
                "classification.gamma", "linear 0 to 2",
                "classification.alpha", "0.5",
                "box.weight", "linear 1 to 3",
                "assigner.topK", "linear 5 to 15",
                "assigner.minIou", "linear 0 to 0.4",
                "sampling.rare", "linear 1 to 0");
        StepSettings half = all.at(50);
        assertThat(half.arguments("classification")).containsOnly(entry("gamma", 1.0), entry("alpha", 0.5));
        assertThat(half.arguments("box")).isEmpty();
        assertThat(half.weight("box")).isEqualTo(2);
        assertThat(half.weight("classification")).isEqualTo(1);
        assertThat(half.assigner()).isEqualTo(new AssignerConfig.TaskAligned(10, 1, 6, 0.2));
        assertThat(half.objects()).isNull();
        assertThat(all.rare(50, 0)).isEqualTo(0.5);
        assertThat(all.values(100))
                .containsOnly(
                        entry("classification.gamma", 2.0),
                        entry("classification.alpha", 0.5),
                        entry("box.weight", 3.0),
                        entry("assigner.topK", 15.0),
                        entry("assigner.minIou", 0.4),
                        entry("sampling.rare", 0.0));
    }

    @Test
    void aLossHandsOverToItsSuccessor() {
        Curriculum handOver = curriculum(
                "successor", "linear 0 to 1 during 0.2 to 0.7", "classification.weight", "2", "box.weight", "3");
        assertThat(handOver.at(0).weights())
                .containsOnly(entry("classification", 2.0), entry("successor", 0.0), entry("box", 3.0));
        assertThat(handOver.at(45).weight("successor")).isCloseTo(0.5, within(1e-12));
        assertThat(handOver.at(45).weight("classification")).isCloseTo(1, within(1e-12));
        assertThat(handOver.at(100).weights())
                .containsEntry("classification", 0.0)
                .containsEntry("successor", 1.0);
    }

    private static LearntObject object(double side, double loss) {
        return new LearntObject(0, Annotation.of(new Box(0, 0, side, side), 0), 3, loss);
    }

    private static final List<LearntObject> OBJECTS = List.of(object(8, 1), object(20, 3), object(40, 2));

    private static double[] weights(Curriculum curriculum, long step) {
        return Objects.requireNonNull(curriculum.at(step).objects()).of(OBJECTS);
    }

    @Test
    void largeObjectsComeFirst() {
        Curriculum bySize = curriculum("objects.minSize", "step 30, 10 at 0.4, 0 at 0.8");
        assertThat(weights(bySize, 0)).containsExactly(0, 0, 1);
        assertThat(weights(bySize, 40)).containsExactly(0, 1, 1);
        assertThat(weights(bySize, 80)).containsExactly(1, 1, 1);
        ObjectWeights weights = Objects.requireNonNull(bySize.at(0).objects());
        assertThat(weights.needsLosses()).isFalse();
    }

    @Test
    void easyObjectsComeFirst() {
        Curriculum byLoss = curriculum("objects.maxLoss", "linear 1 to 3");
        assertThat(weights(byLoss, 0)).containsExactly(1, 0, 0);
        assertThat(weights(byLoss, 50)).containsExactly(1, 0, 1);
        assertThat(weights(byLoss, 100)).containsExactly(1, 1, 1);
        assertThat(Objects.requireNonNull(byLoss.at(0).objects()).needsLosses()).isTrue();
        assertThat(weights(curriculum("objects.easiest", "0.5"), 3)).containsExactly(1, 0, 1);
    }

    @Test
    void rulesForObjectsMultiply() {
        double[] both = weights(curriculum("objects.sizeExponent", "1", "objects.easiest", "0.5"), 0);
        assertThat(both[0]).isEqualTo(8 / (68 / 3.0), within(1e-12));
        assertThat(both[1]).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classification.gama  | 1                | nothing called classification.gama; did you mean 'classification.gamma'?",
                "clasification.gamma  | 1                | did you mean 'classification.gamma'?",
                "gamma                | 1                | nothing called gamma",
                "presence.weight      | 1                | box.weight",
                "distribution.bins    | 8                | whole number",
                "classification.gamma | linear 0 to 9    | takes the parameter gamma of focal to 9, outside its range [0, 5]",
                "box.weight           | linear 1 to -0.5 | takes box.weight to -0.5, but it must be at least 0",
                "assigner.topK        | step 10, 0 at 0.5| takes assigner.topK to 0, but it must be in [1, 1000]",
                "assigner.minIou      | 1.5              | in [0, 1]",
                "objects.minSize      | linear -1 to 2   | takes objects.minSize to -1",
                "objects.easiest      | linear 0.2 to 2  | in [0, 1]",
                "sampling.rare        | 2                | in [0, 1]",
                "successor            | linear 0 to 1.1  | in [0, 1]",
            })
    void badRulesSaySoInOneLine(String target, String schedule, String message) {
        assertRefused(AssignerConfig.DEFAULT, LOSSES, target, schedule, message);
    }

    private static void assertRefused(
            AssignerConfig assigner, Map<String, Loss> losses, String target, String schedule, String message) {
        assertThatThrownBy(() -> curriculum(assigner, losses, target, schedule))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("curriculum: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void whatMeansNothingHereIsRefused() {
        AssignerConfig atss = new AssignerConfig.Atss(9, null, 0);
        assertRefused(atss, LOSSES, "assigner.beta", "6", "means nothing to the assigner atss");
        Map<String, Loss> alone = Map.of("classification", Catalogue.get("focal"));
        assertRefused(AssignerConfig.DEFAULT, alone, "successor", "linear 0 to 1", "say which loss takes over");
    }
}
