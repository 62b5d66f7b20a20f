package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Running means, memory, threads. */
class BookkeepingTest {

    private static final Shape SHAPE = new Shape(2, 50, 4);

    private final NDManager manager = NDManager.newBaseManager();
    private final ParfocalLoss loss = ParfocalLoss.of(Catalogue.get("varifocal"));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theRunningMeanOfABatchThatWasEvaluatedReadsNothingAgain() {
        NDArray predictions = predictions(1);
        NDList labels = new NDList(manager.zeros(SHAPE));
        float value = loss.evaluate(labels, new NDList(predictions)).getFloat();
        predictions.close();
        loss.addAccumulator("epoch");
        loss.addAccumulator("all");
        loss.updateAccumulators(new String[] {"epoch", "all"}, labels, new NDList(predictions));
        assertThat(loss.getAccumulator("epoch")).isEqualTo(value);
        assertThat(loss.getAccumulator("all")).isEqualTo(value);
        loss.resetAccumulator("epoch");
        assertThat(loss.getAccumulator("epoch")).isNaN();
    }

    @Test
    void theRunningMeanOfANewBatchEvaluatesIt() {
        loss.addAccumulator("epoch");
        NDList labels = new NDList(manager.zeros(SHAPE));
        float sum = 0;
        for (int seed = 0; seed < 3; seed++) {
            NDList predictions = new NDList(predictions(seed));
            loss.updateAccumulator("epoch", labels, predictions);
            sum += loss.withName("other").evaluate(labels, predictions).getFloat();
        }
        assertThat(loss.getAccumulator("epoch")).isCloseTo(sum / 3, org.assertj.core.data.Offset.offset(1e-3f));
    }

    @Test
    void aThousandStepsLeaveOneScalarEach() {
        NDArray predictions = predictions(1);
        NDList labels = new NDList(
                manager.zeros(new Shape(2, 50), ai.djl.ndarray.types.DataType.INT64), manager.ones(new Shape(2, 50)));
        NDList transposed = new NDList(predictions.transpose(1, 0, 2));
        NDList dense = new NDList(manager.zeros(new Shape(50, 2, 4), ai.djl.ndarray.types.DataType.INT32));
        int before = manager.getManagedArrays().size();
        for (int step = 0; step < 1000; step++) {
            loss.evaluate(labels, new NDList(predictions)).close();
            loss.evaluate(dense, transposed).close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
        loss.evaluate(labels, new NDList(predictions));
        assertThat(manager.getManagedArrays()).hasSize(before + 1);
    }

    @Test
    void threadsTakeTurns() throws Exception {
        List<Float> expected = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            expected.add(valueOf(loss, seed));
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 25; round++) {
                List<Future<Float>> values = new ArrayList<>();
                for (int seed = 0; seed < 8; seed++) {
                    int mine = seed;
                    values.add(pool.submit(() -> valueOf(loss, mine)));
                }
                for (int seed = 0; seed < 8; seed++) {
                    assertThat(values.get(seed).get()).isEqualTo(expected.get(seed));
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void eachImageByItsOwnPositives() {
        NDList predictions = new NDList(predictions(1));
        NDArray target = manager.zeros(SHAPE);
        target.set(new ai.djl.ndarray.index.NDIndex("0, :7, 2"), 1);
        NDList labels = new NDList(target);
        float expected = loss.withNormalizer(Normalizer.perImage(2))
                .evaluate(labels, predictions)
                .getFloat();
        assertThat(loss.normalizedPerImage().evaluate(labels, predictions).getFloat())
                .isEqualTo(expected)
                .isNotEqualTo(loss.evaluate(labels, predictions).getFloat());
    }

    @Test
    void anArgumentIsAnotherValueOfAParameter() {
        NDList predictions = new NDList(predictions(1));
        NDList labels = new NDList(manager.zeros(SHAPE));
        float expected = ParfocalLoss.of(Catalogue.get("varifocal").with("gamma", 1))
                .evaluate(labels, predictions)
                .getFloat();
        float value =
                loss.withArgument("gamma", 1).evaluate(labels, predictions).getFloat();
        assertThat(value).isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(1e-3));
    }

    private static float valueOf(ParfocalLoss loss, int seed) {
        try (NDManager own = NDManager.newBaseManager()) {
            NDArray predictions = own.create(Engines.uniform(new Random(seed), (int) SHAPE.size(), -4, 4), SHAPE);
            return loss.evaluate(new NDList(own.zeros(SHAPE)), new NDList(predictions))
                    .getFloat();
        }
    }

    private NDArray predictions(int seed) {
        return manager.create(Engines.uniform(new Random(seed), (int) SHAPE.size(), -4, 4), SHAPE);
    }
}
