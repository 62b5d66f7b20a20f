package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.check.Finding;
import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.check.LossReport;
import dev.parfocal.core.kernel.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expectations of functions of the index. */
@ResourceLock(Warm.UP)
class RowFunctionsTest {

    private static final Options SUM = Options.of(Normalizer.none());

    /** The variance of the index, the distance of the target in bins of growing width, and a pick beside them. */
    private static final Loss BOTH = Loss.parse("""
        loss both(s[bins]; y in [0, bins - 1] integer)
        param bins = 9 in [2, 99] integer "number of bins"
        param reach = 0.5 in [0.1, 2] "width of the outermost bins"
        variance = expectation(s, i: i^2) - expectation(s)^2
        distance = expectation(s, j: abs(j - y)^reach)
        variance + distance - log_softmax(s, y)
        """);

    /** Softmax cross-entropy with each class as likely as it is frequent: what balanced softmax undoes. */
    private static final Loss BALANCED = Loss.parse("""
        loss balanced(s[classes]; label in [0, classes - 1] integer)
        param classes = 4 in [2, 99] integer "number of classes"
        param count[class] = 1 in [0.001, 1e6] "number of examples of a class"
        -log_softmax(s, label) - log(count[label]) + log(expectation(s, j: count[j]))
        """);

    @Test
    void areCheckedLikeAnyOther() {
        LossReport balanced = LossCheck.run(BALANCED);
        assertThat(balanced.passed()).as(balanced.toString()).isTrue();
        LossReport both = LossCheck.run(BOTH);
        assertThat(both.findings())
                .as("a small variance is no step towards the target")
                .allMatch(finding -> finding.verdict() != Finding.Verdict.FAIL
                        || finding.name().equals("descends"));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void haveTheValueAndTheGradientOfTheSumByHand(Backend backend) {
        Batches memory = Batches.seeded(2, false);
        Batch.Rows batch = memory.rows(BOTH, 40);
        Bits found = Bits.of(LossFunction.of(BOTH, backend, 2), memory, batch, SUM);
        for (int row = 0; row < 40; row++) {
            double[] logits = new double[9];
            for (int j = 0; j < 9; j++) {
                logits[j] = batch.logits().get(row * 9 + j);
            }
            double y = batch.given().get(0).get(row);
            assertThat((double) found.values()[row]).isCloseTo(byHand(logits, y), within(2e-5));
            for (int j = 0; j < 9; j++) {
                double middle = logits[j];
                logits[j] = middle + 1e-5;
                double above = byHand(logits, y);
                logits[j] = middle - 1e-5;
                double below = byHand(logits, y);
                logits[j] = middle;
                assertThat((double) found.gradient()[row * 9 + j]).isCloseTo((above - below) / 2e-5, within(1e-4));
            }
        }
    }

    private static double byHand(double[] logits, double y) {
        double total = 0;
        double mean = 0;
        double square = 0;
        double distance = 0;
        for (int i = 0; i < logits.length; i++) {
            double e = Math.exp(logits[i]);
            total += e;
            mean += e * i;
            square += e * i * i;
            distance += e * Math.sqrt(Math.abs(i - y));
        }
        double variance = square / total - mean / total * (mean / total);
        return variance + distance / total - logits[(int) y] + Math.log(total);
    }

    /** Balanced softmax: the logits move by the logarithm of the counts. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void readParametersOfEveryClass(Backend backend) {
        Loss loss = BALANCED.withPerClass("count", List.of(100.0, 10.0, 1.0, 50.0));
        double[] counts = {100, 10, 1, 50};
        Batches memory = Batches.seeded(4, false);
        Batch.Rows batch = memory.rows(loss, 30);
        Bits found = Bits.of(LossFunction.of(loss, backend, 1), memory, batch, SUM);
        for (int row = 0; row < 30; row++) {
            double total = 0;
            for (int j = 0; j < 4; j++) {
                total += counts[j] * Math.exp(batch.logits().get(row * 4 + j));
            }
            int label = (int) batch.given().get(0).get(row);
            for (int j = 0; j < 4; j++) {
                double p = counts[j] * Math.exp(batch.logits().get(row * 4 + j)) / total;
                assertThat((double) found.gradient()[row * 4 + j]).isCloseTo(p - (j == label ? 1 : 0), within(1e-5));
                if (j == label) {
                    assertThat((double) found.values()[row]).isCloseTo(-Math.log(p), within(2e-5));
                }
            }
        }
    }

    @Test
    void haveTheSameBitsOnEveryBackendAndForAnyNumberOfThreads() {
        Batches memory = Batches.seeded(6, false);
        for (Loss loss : List.of(BOTH, BALANCED.withPerClass("count", List.of(2.0, 3.0, 4.0, 5.0)))) {
            Batch batch = memory.rows(loss, 3000);
            LossFunction vector = LossFunction.of(loss, Backend.best(), 3);
            Bits plain = Bits.of(LossFunction.of(loss, Backend.SCALAR, 1), memory, batch, SUM);
            plain.assertSame(Bits.of(vector, memory, batch, SUM));
            Warm.await(vector);
            plain.assertSame(Bits.of(vector, memory, batch, SUM));
        }
    }

    @Test
    void aScheduleReachesThem() {
        Batches memory = Batches.seeded(8, false);
        Batch batch = memory.rows(BOTH, 20);
        Bits moved = Bits.of(LossFunction.of(BOTH, Backend.SCALAR, 1), memory, batch, SUM.withArgument("reach", 1.5));
        Bits set = Bits.of(LossFunction.of(BOTH.with("reach", 1.5), Backend.REFERENCE, 1), memory, batch, SUM);
        for (int i = 0; i < moved.values().length; i++) {
            assertThat((double) moved.values()[i]).isCloseTo(set.values()[i], within(1e-4));
        }
    }

    @Test
    void areWrittenAsTheyAreRead() {
        assertThat(BOTH.gradientText()).contains("d/d expectation(s, i: i^2) = 1", "d/d distance = 1");
        assertThat(Loss.parse("loss square(s[4]; y)\n(expectation(s, j: j^2 + y) - y)^2")
                        .gradientText())
                .containsExactly("d/d expectation(s, j: j^2 + y) = -(2 * (y - expectation(s, j: j^2 + y)))");
    }
}
