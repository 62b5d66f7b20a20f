package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loss keeps between batches. */
class StateTest {

    private static final Loss MEAN = Loss.parse("""
            loss kept(x; t in [0, 1])
            may be negative
            state mean = 0.5 in [0.2, 0.9] "running mean of the positives" momentum 0.25 of t where t > 0
            x^2 + mean * x + t
            """);

    private static Evaluation evaluate(LossFunction function, float[] targets, Options options, float[] gradient) {
        float[] x = new float[targets.length];
        java.util.Arrays.fill(x, 1);
        Batch batch = new Batch.Dense(Floats.of(x), x.length, 1, List.of(Floats.of(targets)));
        return function.evaluate(batch, options, Floats.of(gradient));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void movesTowardsTheMeanOfWhatCounts(Backend backend) {
        LossFunction function = LossFunction.of(MEAN, backend, 1);
        Options options = Options.of(Normalizer.none());
        float[] gradient = new float[4];
        evaluate(function, new float[] {0, 0.8f, 0, 0.6f}, options, gradient);
        assertThat(gradient).as("a constant to the gradient: 2 x + mean").containsOnly(2.5f);
        assertThat(function.state().get("mean")).isCloseTo(0.5 + 0.25 * (0.7 - 0.5), within(1e-7));
        evaluate(function, new float[4], options, gradient);
        assertThat(gradient).containsOnly((float) (2 + 0.55));
        assertThat(function.state().get("mean")).as("nothing counts").isCloseTo(0.55, within(1e-7));
        evaluate(function, new float[] {1, 1, 0, 0}, options, gradient);
        assertThat(function.state().get("mean")).as("held in its range").isCloseTo(0.55 + 0.25 * 0.35, within(1e-7));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void elementsOfWeightZeroDoNotCount(Backend backend) {
        LossFunction function = LossFunction.of(MEAN, backend, 1);
        Weights weights = Weights.perAnchor(Floats.of(new float[] {1, 0, 1}));
        evaluate(
                function,
                new float[] {0.4f, 0.9f, 0},
                Options.of(Normalizer.none()).withWeights(weights),
                new float[3]);
        assertThat(function.state().get("mean")).isCloseTo(0.5 - 0.25 * 0.1, within(1e-7));
    }

    @Test
    void ignoredAnchorsDoNotCount() {
        LossFunction function = LossFunction.of(MEAN, Backend.SCALAR, 1);
        int[] labels = {Batch.IGNORE, 0, Batch.BACKGROUND};
        Batch batch = new Batch.Sparse(Floats.of(new float[3]), 3, 1, labels, new float[] {0.9f, 0.7f, 0});
        function.evaluate(batch, Options.of(Normalizer.none()), Floats.of(new float[3]));
        assertThat(function.state().get("mean")).isCloseTo(0.55, within(1e-7));
    }

    @Test
    void isFixedWhereNoStepIsTaken() {
        LossFunction function = LossFunction.of(MEAN, Backend.SCALAR, 1);
        Options fixed = Options.of(Normalizer.none()).withFixedState();
        evaluate(function, new float[] {0.8f}, fixed, new float[1]);
        assertThat(function.state()).containsEntry("mean", 0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slide", "wiou_v3"})
    void hasTheSameBitsForAnyNumberOfThreads(String name) {
        Loss loss = Catalogue.get(name);
        Options options = Options.of(loss.recipe());
        Map<String, Double> one = after(LossFunction.of(loss, Backend.SCALAR, 1), options);
        assertThat(after(LossFunction.of(loss, Backend.SCALAR, 3), options)).isEqualTo(one);
        assertThat(after(LossFunction.of(loss, Backend.best(), 2), options)).isEqualTo(one);
        double reference =
                after(LossFunction.of(loss, Backend.REFERENCE, 1), options).get("mean");
        assertThat(one.get("mean")).isCloseTo(reference, within(1e-6)).isNotEqualTo(loss.parameter("mean"));
    }

    private static Map<String, Double> after(LossFunction function, Options options) {
        Batches memory = Batches.seeded(3, false);
        for (int step = 0; step < 3; step++) {
            Batch batch = memory.of(function.loss(), 9000, true);
            function.evaluate(batch, options, memory.room(batch.predicted().length()));
        }
        return function.state();
    }

    @Test
    void aRestoredFunctionGoesOnToTheLastBit() {
        Loss loss = Catalogue.get("wiou_v3");
        Options options = Options.of(loss.recipe());
        LossFunction first = LossFunction.of(loss, Backend.SCALAR, 1);
        after(first, options);
        LossFunction second = LossFunction.of(loss, Backend.SCALAR, 1);
        second.restore(first.state());
        assertThat(after(second, options)).isEqualTo(after(first, options));
        assertThatThrownBy(() -> second.restore(Map.of("man", 1.0)))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("the loss wiou_v3 keeps no number 'man' between batches; it keeps mean");
    }

    @Test
    void startsWhereItIsSet() {
        Loss loss = Catalogue.get("wiou_v3").with("mean", 0.5);
        assertThat(LossFunction.of(loss).state()).containsEntry("mean", 0.5);
        assertThatThrownBy(() -> loss.with("mean", 2))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("wiou_v3: mean = 2 is outside its range [0.01, 1]");
    }
}
