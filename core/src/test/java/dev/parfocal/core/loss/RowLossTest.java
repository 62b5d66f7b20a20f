package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of rows that the catalogue has none of: an expectation, picks that meet, rows of any length. */
class RowLossTest {

    private static void assertAgrees(Loss loss, int rows) {
        Batches memory = Batches.seeded(6, false);
        Batch batch = memory.rows(loss, rows);
        Options options = Options.of(Normalizer.elements());
        Bits oracle = Bits.of(LossFunction.of(loss, Backend.REFERENCE, 1), memory, batch, options);
        for (Backend backend : List.of(Backend.SCALAR, Backend.VECTOR)) {
            Bits found = Bits.of(LossFunction.of(loss, backend, 2), memory, batch, options);
            for (int i = 0; i < oracle.gradient().length; i++) {
                float expected = oracle.gradient()[i];
                assertThat(found.gradient()[i])
                        .isEqualTo(expected, offset(1e-5f * Math.max(1f / rows, Math.abs(expected))));
            }
            assertThat(found.evaluation().value()).isEqualTo(oracle.evaluation().value(), offset(1e-5));
        }
    }

    @Test
    void anExpectationIsDifferentiated() {
        assertAgrees(Loss.parse("""
                loss integral(s[9]; y)
                expectation(s) * y + log_softmax(s, 3) * expectation(s)
                """), 700);
    }

    @Test
    void picksOfOneBinAddUp() {
        assertAgrees(Loss.parse("""
                loss twice(s[5]; a in [0, 4] integer, b in [0, 4] integer)
                -(log_softmax(s, a) + 2 * log_softmax(s, b))
                """), 700);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 33, 64, 65, 150, 1000})
    void rowsOfAnyLengthAgreeWithTheOracle(int bins) {
        assertAgrees(Catalogue.get("distribution_focal").withRowLength(bins), 40);
        assertAgrees(Catalogue.get("softmax_focal").withRowLength(bins), 40);
    }

    @ParameterizedTest
    @ValueSource(floats = {20, 40, 1e4f, 3e38f})
    void aSurePredictionKeepsItsGradient(float logit) {
        Loss loss = Loss.parse("loss crossentropy(s[3]; label in [0, 2] integer)\n-log_softmax(s, label)\n");
        float[] gradient = new float[3];
        Batch batch = new Batch.Rows(Floats.of(new float[] {logit, 0, -logit}), 1, 3, List.of(Floats.of(new float[1])));
        Evaluation found = LossFunction.of(loss, Backend.SCALAR, 1)
                .evaluate(batch, Options.of(Normalizer.none()), Floats.of(gradient));
        double other = Math.exp(-logit);
        assertThat(found.value()).isEqualTo(other, offset(1e-6 * other));
        assertThat(gradient[0]).isEqualTo((float) -other, offset((float) (1e-6 * other)));
        assertThat(gradient[1]).isEqualTo((float) other, offset((float) (1e-6 * other)));
    }
}
