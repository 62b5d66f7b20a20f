package dev.parfocal.training.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Parts;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.engine.Weights.Stretch;
import dev.parfocal.training.optim.Motion.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotionTest {
    private static final PartConfig TENTH = new PartConfig(0.1, null);
    private static final PartConfig TWO_EPOCHS = new PartConfig(null, 2);

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    /** Kernels of 2, 3 and 4 numbers, biases of 2, 3 and 4, made in an order that mixes the parts. */
    private static Weights weights(String... parts) {
        Layers layers = new Layers(1);
        Conv.biased(layers, "head.first", 1, 2, 1, Initializer.HE, 0.5);
        Conv.biased(layers, "model.backbone.stem", 1, 3, 1, Initializer.HE, 0.5);
        Conv.biased(layers, "head.last", 1, 4, 1, Initializer.HE, 0.5);
        return layers.finish(new Parts(List.of(parts)));
    }

    private static Map<String, PartConfig> parts(Object... namesAndConfigs) {
        Map<String, PartConfig> parts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndConfigs.length; i += 2) {
            parts.put((String) namesAndConfigs[i], (PartConfig) namesAndConfigs[i + 1]);
        }
        return parts;
    }

    @Test
    void weightsOfAPartLieOneBehindTheOther() {
        assertThat(weights("backbone").stretches())
                .containsExactly(
                        new Stretch(Optional.of("backbone"), 0, 3),
                        new Stretch(Optional.empty(), 3, 6),
                        new Stretch(Optional.of("backbone"), 9, 3),
                        new Stretch(Optional.empty(), 12, 6));
        assertThat(weights("head", "head.last").stretches())
                .extracting(Stretch::part)
                .containsExactly(
                        Optional.of("head"),
                        Optional.of("head.last"),
                        Optional.empty(),
                        Optional.of("head"),
                        Optional.of("head.last"),
                        Optional.empty());
        assertThat(weights().stretches()).extracting(Stretch::length).containsExactly(9L, 9L);
    }

    @Test
    void withoutPartsTheOrderIsThatOfDeclaration() {
        assertThat(weights().all())
                .extracting(Weight::name)
                .startsWith("head.first.weight", "model.backbone.stem.weight", "head.last.weight");
    }

    @Test
    void neighboursOfOneRateMoveTogether() {
        Weights weights = weights("head");
        assertThat(Motion.of(Map.of(), weights, 0)).isEqualTo(Motion.whole(weights));
        assertThat(Motion.of(parts("head", TENTH), weights, 0).spans())
                .containsExactly(new Span(0, 6, 0.1), new Span(6, 3, 1), new Span(9, 6, 0.1), new Span(15, 3, 1));
    }

    @Test
    void frozenPartsStayUntilTheirEpoch() {
        Weights weights = weights("backbone");
        assertThat(Motion.of(parts("backbone", TWO_EPOCHS), weights, 1).spans())
                .containsExactly(new Span(3, 6, 1), new Span(12, 6, 1));
        assertThat(Motion.of(parts("backbone", TWO_EPOCHS), weights, 2)).isEqualTo(Motion.whole(weights));
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "sgd"})
    void eachPartMovesAsAModelOfItsOwnWould(String kind) {
        Map<String, PartConfig> parts = parts("backbone", TENTH, "head.last", TWO_EPOCHS);
        float[] fast = moved(kind, Map.of(), 0.2);
        float[] slow = moved(kind, Map.of(), 0.2 * 0.1);
        float[] mixed = moved(kind, parts, 0.2);
        float[] start = weights("backbone", "head.last").trained().toArray();
        for (Weight weight : weights("backbone", "head.last").all()) {
            float[] expected =
                    weight.name().contains("backbone") ? slow : weight.name().contains("last") ? start : fast;
            for (int i = (int) weight.offset(); i < weight.offset() + weight.elements(); i++) {
                assertThat(mixed[i]).as(weight.name()).isCloseTo(expected[i], within(1e-6f));
            }
        }
        assertThat(Arrays.equals(mixed, fast)).isFalse();
    }

    private static float[] moved(String kind, Map<String, PartConfig> parts, double rate) {
        Weights weights = weights("backbone", "head.last");
        OptimizerConfig config = kind.equals("sgd")
                ? new OptimizerConfig.Sgd(rate, 0.9, 0.1, ClipConfig.NONE, parts)
                : new OptimizerConfig.AdamW(rate, 0.9, 0.999, 0.1, ClipConfig.NONE, parts);
        Optimizer optimizer = config.optimizer(weights);
        Scope.unrecorded(() -> {
            for (int step = 1; step <= 3; step++) {
                weights.gradients().fill(0.3 * step);
                optimizer.step(weights, Motion.of(parts, weights, 0), rate, step);
            }
        });
        return weights.trained().toArray();
    }

    @Test
    void aPartThatTheModelLacksIsNamed() {
        assertThatThrownBy(() -> weights("bakbone"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("the model has no part bakbone: the names of its weights begin with head, backbone");
    }

    @Test
    void refusesRatesAndEpochsOfNoUse() {
        assertThatThrownBy(() -> new PartConfig(0.0, null)).hasMessageContaining("rate must be above 0");
        assertThatThrownBy(() -> new PartConfig(null, 0)).hasMessageContaining("freeze must be at least 1 epoch");
    }
}
