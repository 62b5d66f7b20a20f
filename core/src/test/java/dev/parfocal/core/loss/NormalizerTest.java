package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizerTest {

    private static final Loss LOSS = Catalogue.get("varifocal");
    private final float[] logits = {.5f, -1, 2, 0, 1, -3};
    private final Batch batch =
            new Batch.Sparse(Floats.of(logits), 3, 2, new int[] {1, Batch.BACKGROUND, 0}, new float[] {.75f, 0, .5f});

    private Evaluation evaluate(Backend backend, Normalizer normalizer, float[] gradient) {
        return LossFunction.of(LOSS, backend, 2).evaluate(batch, Options.of(normalizer), Floats.of(gradient));
    }

    @ParameterizedTest
    @EnumSource
    void dividesValueAndGradient(Backend backend) {
        float[] whole = new float[6];
        double sum = evaluate(backend, Normalizer.none(), whole).value();
        check(backend, Normalizer.elements(), 6, sum, whole);
        check(backend, Normalizer.positives(), 2, sum, whole);
        check(backend, Normalizer.quality(), 1.25, sum, whole);
        check(backend, Normalizer.given(8), 8, sum, whole);
    }

    private void check(Backend backend, Normalizer normalizer, double divisor, double sum, float[] whole) {
        float[] gradient = new float[6];
        Evaluation found = evaluate(backend, normalizer, gradient);
        assertThat(found).isEqualTo(new Evaluation(sum / divisor, sum, divisor, 2));
        for (int i = 0; i < 6; i++) {
            assertThat(gradient[i]).isEqualTo(whole[i] * (float) (1 / divisor), offset(1e-7f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesAreDividedByTheirOwnPositives(Backend backend) {
        LossFunction function = LossFunction.of(LOSS, backend, 1);
        double expected = 0;
        for (int image = 0; image < 3; image++) {
            Batch.Sparse all = (Batch.Sparse) batch;
            Batch one = new Batch.Sparse(
                    Floats.of(logits, 2 * image, 2), 1, 2, new int[] {all.labels()[image]}, new float[] {
                        all.quality()[image]
                    });
            expected += function.evaluate(one, Options.of(Normalizer.positives()), Floats.of(new float[2]))
                    .value();
        }
        Evaluation found = evaluate(backend, Normalizer.perImage(3), new float[6]);
        assertThat(found.value()).isEqualTo(expected / 3, offset(1e-7));
        assertThat(found.normalizer()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBatchIsZero(Backend backend) {
        Batch empty = new Batch.Sparse(Floats.of(new float[0]), 0, 2, new int[0], new float[0]);
        for (Normalizer each : List.of(
                Normalizer.none(),
                Normalizer.elements(),
                Normalizer.positives(),
                Normalizer.quality(),
                Normalizer.perImage(4),
                new MovingAverage(.9, 1))) {
            Evaluation found =
                    LossFunction.of(LOSS, backend, 2).evaluate(empty, Options.of(each), Floats.of(new float[0]));
            assertThat(found.value()).isZero();
            assertThat(found.normalizer()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aBatchWithoutObjectsIsDividedByOne() {
        Batch background = new Batch.Sparse(Floats.of(logits), 3, 2, new int[] {-1, -1, -1}, new float[3]);
        Evaluation found = LossFunction.of(LOSS, Backend.SCALAR, 1)
                .evaluate(background, Options.of(Normalizer.positives()), Floats.of(new float[6]));
        assertThat(found.normalizer()).isEqualTo(1);
        assertThat(found.value()).isEqualTo(found.sum()).isPositive();
    }

    @Test
    void theMovingAverageMovesOncePerEvaluation() {
        MovingAverage average = new MovingAverage(.5, 10);
        LossFunction function = LossFunction.of(LOSS, Backend.SCALAR, 1);
        Options options = Options.of(average);
        assertThat(function.evaluate(batch, options, Floats.of(new float[6])).normalizer())
                .isEqualTo(6);
        assertThat(function.evaluate(batch, options, Floats.of(new float[6])).normalizer())
                .isEqualTo(4);
        assertThat(average.average()).isEqualTo(4);
    }

    @Test
    void numbersThatCannotDivideAreRefused() {
        assertThatThrownBy(() -> Normalizer.given(0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> Normalizer.given(Double.NaN)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Normalizer.perImage(0)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new MovingAverage(1, 5)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> evaluate(Backend.SCALAR, Normalizer.perImage(2), new float[6]))
                .hasMessage("3 anchors cannot be those of 2 images with equally many each");
    }
}
