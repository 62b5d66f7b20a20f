package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.core.statistics.ProbabilityBins;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsTest {

    private static final Loss FOCAL = Catalogue.get("focal");
    private static final Options PLAIN = Options.of(FOCAL.recipe());
    private static final Options RECORDED = PLAIN.withStatistics(true);
    private static final int ANCHORS = 30_000;

    private static LossStatistics statistics(Evaluation evaluation) {
        return Objects.requireNonNull(evaluation.statistics());
    }

    /** The same figures by the book: the probability computed, one element after the other, over the whole batch. */
    private static LossStatistics byTheBook(Batch batch, Floats gradient) {
        LossStatistics.Group positives = new LossStatistics.Group(new long[10], new double[10]);
        LossStatistics.Group negatives = new LossStatistics.Group(new long[10], new double[10]);
        double[] byClass = new double[batch.classes()];
        long[] positivesByClass = new long[batch.classes()];
        long saturated = 0;
        float largest = Float.NEGATIVE_INFINITY;
        Elements elements = Elements.of(FOCAL, batch);
        for (int e = 0; e < batch.elements(); e++) {
            if (elements.isIgnored(e)) {
                continue;
            }
            float logit = batch.predicted().get(e);
            boolean positive = elements.given(e, 0) != 0;
            double p = 1 / (1 + Math.exp(-logit));
            int bin = (int) Math.min(9, 10 * (positive ? p : 1 - p));
            LossStatistics.Group group = positive ? positives : negatives;
            group.counts()[bin]++;
            group.gradients()[bin] += Math.abs(gradient.get(e));
            byClass[e % batch.classes()] += Math.abs(gradient.get(e));
            positivesByClass[e % batch.classes()] += positive ? 1 : 0;
            saturated += Math.abs(logit) > 25 * Math.log(2) ? 1 : 0;
            largest = Math.max(largest, logit);
        }
        return new LossStatistics(positives, negatives, byClass, positivesByClass, saturated, largest);
    }

    private static void assertClose(LossStatistics found, LossStatistics expected) {
        assertGroup(found.positives(), expected.positives());
        assertGroup(found.negatives(), expected.negatives());
        assertThat(found.positivesByClass()).isEqualTo(expected.positivesByClass());
        assertThat(found.saturated()).isEqualTo(expected.saturated());
        assertThat(found.largestLogit()).isEqualTo(expected.largestLogit());
        assertSums(found.gradientByClass(), expected.gradientByClass());
    }

    private static void assertGroup(LossStatistics.Group found, LossStatistics.Group expected) {
        assertThat(found.counts()).isEqualTo(expected.counts());
        assertSums(found.gradients(), expected.gradients());
    }

    private static void assertSums(double[] found, double[] expected) {
        assertThat(found).usingComparatorWithPrecision(1e-9).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "VECTOR, true, true",
        "VECTOR, true, false",
        "VECTOR, false, false",
        "SCALAR, true, false",
        "SCALAR, false, true",
        "REFERENCE, true, false",
        "REFERENCE, false, false"
    })
    void agreeWithTheBookAndLeaveTheBits(Backend backend, boolean sparse, boolean direct) {
        Batches memory = Batches.seeded(7, direct);
        Batch batch = memory.of(FOCAL, backend == Backend.REFERENCE ? 2000 : ANCHORS, sparse);
        LossFunction function = LossFunction.of(FOCAL, backend, 2);
        Floats without = memory.room(batch.elements());
        Floats gradient = memory.room(batch.elements());

        Evaluation plain = function.evaluate(batch, PLAIN, without);
        Evaluation recorded = function.evaluate(batch, RECORDED, gradient);

        assertThat(plain.statistics()).isNull();
        assertThat(recorded.value()).isEqualTo(plain.value());
        assertThat(Bits.array(gradient)).isEqualTo(Bits.array(without));
        LossStatistics found = statistics(recorded);
        assertThat(found.saturated()).as("some logits are extreme").isPositive();
        assertThat(found.positives().count()).isEqualTo(recorded.positives());
        assertClose(found, byTheBook(batch, gradient));
        assertThat(found.negatives().easyGradient() + found.negatives().hardGradient())
                .isEqualTo(found.negatives().gradient(), offset(1e-12));
    }

    @Test
    void areTheSameToTheLastBitForAnyNumberOfThreads() {
        Batches memory = Batches.seeded(8, false);
        Batch batch = memory.sparse(ANCHORS, 3);
        Floats gradient = memory.room(batch.elements());
        LossStatistics one =
                statistics(LossFunction.of(FOCAL, Backend.SCALAR, 1).evaluate(batch, RECORDED, gradient));
        for (int threads : new int[] {2, 3, 5}) {
            LossStatistics more =
                    statistics(LossFunction.of(FOCAL, Backend.SCALAR, threads).evaluate(batch, RECORDED, gradient));
            assertThat(more.negatives().gradients()).isEqualTo(one.negatives().gradients());
            assertThat(more.positives().gradients()).isEqualTo(one.positives().gradients());
            assertThat(more.gradientByClass()).isEqualTo(one.gradientByClass());
        }
    }

    @Test
    void aBinBeginsExactlyAtItsEdge() {
        float[] logits = new float[4 * ProbabilityBins.COUNT];
        for (int bin = 1; bin < ProbabilityBins.COUNT; bin++) {
            logits[4 * bin] = ProbabilityBins.edge(bin);
            logits[4 * bin + 1] = Math.nextDown(ProbabilityBins.edge(bin));
        }
        logits[1] = Float.NEGATIVE_INFINITY;
        logits[2] = Float.POSITIVE_INFINITY;
        logits[3] = -1e30f;
        float[] ones = new float[logits.length];
        Arrays.fill(ones, 1);
        Batch batch = new Batch.Dense(Floats.of(logits), logits.length, 1, List.of(Floats.of(ones)));
        LossStatistics found = statistics(LossFunction.of(FOCAL, Backend.SCALAR, 1)
                .evaluate(batch, RECORDED, Floats.of(new float[logits.length])));
        // Each edge opens its bin, the float below it still belongs to the one before; 19 zeros lie in the sixth bin.
        assertThat(found.positives().counts()).containsExactly(3, 2, 2, 2, 2, 21, 2, 2, 2, 2);
        assertThat(found.saturated()).isEqualTo(3);
        assertThat(found.highestScore()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBatchHasNone(Backend backend) {
        Batch empty = new Batch.Sparse(Floats.of(new float[0]), 0, 2, new int[0], new float[0]);
        LossStatistics found =
                statistics(LossFunction.of(FOCAL, backend, 2).evaluate(empty, RECORDED, Floats.of(new float[0])));
        assertThat(found.elements()).isZero();
        assertThat(found.gradient()).isZero();
        assertThat(found.highestScore()).isZero();
    }

    @Test
    void areForPointwiseLosses() {
        Batch boxes = Batches.seeded(1, false).boxes(3);
        LossFunction giou = LossFunction.of(Catalogue.get("giou"), Backend.SCALAR, 1);
        assertThatThrownBy(() -> giou.evaluate(
                        boxes, Options.of(Normalizer.none()).withStatistics(true), Floats.of(new float[12])))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("pointwise")
                .hasMessageContaining("giou");
    }
}
