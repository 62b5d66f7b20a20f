package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {

    private static final int ANCHORS = 600;
    private static final Options SUM = Options.of(Normalizer.none());
    private final Loss focal = Catalogue.get("focal");
    private final Batches memory = Batches.seeded(2, false);

    private static void assertClose(float[] found, float[] expected) {
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isEqualTo(expected[i], offset(1e-6f * Math.max(.1f, Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void argumentsDoWhatFoldedParametersDo(Backend backend) {
        Batch batch = memory.sparse(ANCHORS, 3);
        LossFunction function = LossFunction.of(focal, backend, 2);
        for (double gamma : new double[] {0, .5, 1.3, 2, 5}) {
            Options options = SUM.withArgument("gamma", gamma).withArgument("alpha", .4);
            Bits free = Bits.of(function, memory, batch, options);
            Loss folded = focal.with("gamma", gamma).with("alpha", .4);
            Bits constant = Bits.of(LossFunction.of(folded, Backend.REFERENCE, 1), memory, batch, SUM);
            assertClose(free.gradient(), constant.gradient());
            assertClose(free.values(), constant.values());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneProgramIsDerivedForAllValues(Backend backend) {
        Batch batch = memory.sparse(ANCHORS, 3);
        LossFunction function = LossFunction.of(focal, backend, 1);
        for (double gamma : new double[] {0.5, 1, 2}) {
            Bits.of(function, memory, batch, SUM.withArgument("gamma", gamma));
        }
        assertThat(function.compilations()).isEqualTo(1);
        Bits.of(function, memory, batch, SUM.withArgument("alpha", 0.5));
        assertThat(function.compilations()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void perClassParametersAreThoseOfEachClassAlone(Backend backend) {
        Batch.Sparse batch = memory.sparse(ANCHORS, 3);
        float[] alphas = {.25f, .5f, .875f};
        Bits together = Bits.of(
                LossFunction.of(focal, backend, 2), memory, batch, SUM.withPerClass("alpha", Floats.of(alphas)));
        for (int c = 0; c < 3; c++) {
            Bits alone =
                    Bits.of(LossFunction.of(focal.with("alpha", alphas[c]), Backend.REFERENCE, 1), memory, batch, SUM);
            for (int e = c; e < batch.elements(); e += 3) {
                assertThat(together.gradient()[e]).isEqualTo(alone.gradient()[e], offset(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void weightsMultiply(Backend backend) {
        Batch batch = memory.sparse(ANCHORS, 3);
        Floats element = memory.normal(ANCHORS * 3, 1);
        Floats anchor = memory.normal(ANCHORS, 1);
        Floats classes = memory.normal(3, 1);
        LossFunction function = LossFunction.of(focal, backend, 2);
        Bits plain = Bits.of(function, memory, batch, SUM);
        Bits weighted = Bits.of(function, memory, batch, SUM.withWeights(new Weights(element, anchor, classes)));
        float[] expected = new float[ANCHORS * 3];
        double sum = 0;
        for (int e = 0; e < expected.length; e++) {
            float weight = element.get(e) * anchor.get(e / 3) * classes.get(e % 3);
            expected[e] = plain.gradient()[e] * weight;
            sum += (double) plain.values()[e] * weight;
        }
        assertClose(weighted.gradient(), expected);
        assertThat(weighted.evaluation().sum()).isEqualTo(sum, offset(1e-3));
    }

    @ParameterizedTest
    @EnumSource
    void weightZeroAndIgnoreSilenceEvenNaN(Backend backend) {
        float[] logits = {Float.NaN, 1, 2, Float.NaN, Float.NaN, 3};
        Batch batch = new Batch.Sparse(Floats.of(logits), 3, 2, new int[] {-1, 1, Batch.IGNORE}, new float[] {0, 1, 0});
        Options options = SUM.withWeights(Weights.perElement(Floats.of(new float[] {0, 1, 1, 0, 1, 1})));
        float[] gradient = {9, 9, 9, 9, 9, 9};
        Evaluation found = LossFunction.of(focal, backend, 1).evaluate(batch, options, Floats.of(gradient));
        assertThat(found.value()).isPositive().isFinite();
        assertThat(gradient[0]).isZero();
        assertThat(gradient[3]).isZero();
        assertThat(gradient[4]).isZero();
        assertThat(gradient[5]).isZero();
        assertThat(gradient[1]).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void nanInGivesNanOut(Backend backend) {
        float[] logits = new float[40];
        logits[17] = Float.NaN;
        float[] gradient = new float[40];
        Batch batch = new Batch.Dense(Floats.of(logits), 40, 1, List.of(Floats.of(new float[40])));
        Evaluation found = LossFunction.of(focal, backend, 1).evaluate(batch, SUM, Floats.of(gradient));
        assertThat(found.value()).isNaN();
        for (int i = 0; i < 40; i++) {
            assertThat(Float.isNaN(gradient[i])).isEqualTo(i == 17);
        }
    }

    @ParameterizedTest
    @EnumSource
    void smoothingMovesTargetsTowardsOneHalf(Backend backend) {
        Loss bce = Catalogue.get("bce");
        Batch batch = new Batch.Sparse(Floats.of(new float[] {1, 1}), 2, 1, new int[] {0, -1}, new float[] {1, 0});
        float[] gradient = new float[2];
        LossFunction.of(bce, backend, 1).evaluate(batch, SUM.withSmoothing(.2), Floats.of(gradient));
        float p = (float) (1 / (1 + Math.exp(-1)));
        assertThat(gradient[0]).isEqualTo(p - .9f, offset(1e-6f));
        assertThat(gradient[1]).isEqualTo(p - .1f, offset(1e-6f));
    }

    @ParameterizedTest
    @EnumSource
    void scaleScales(Backend backend) {
        Batch batch = memory.sparse(ANCHORS, 3);
        LossFunction function = LossFunction.of(focal, backend, 1);
        Bits once = Bits.of(function, memory, batch, SUM);
        Bits twice = Bits.of(function, memory, batch, SUM.withScale(-2));
        assertThat(twice.evaluation().value()).isEqualTo(-2 * once.evaluation().value());
        assertThat(twice.evaluation().sum()).isEqualTo(once.evaluation().sum());
        for (int i = 0; i < once.gradient().length; i++) {
            assertThat(twice.gradient()[i]).isEqualTo(-2 * once.gradient()[i]);
        }
    }
}
