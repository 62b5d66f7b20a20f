package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SimpleCompositeLoss;
import dev.parfocal.core.catalogue.Catalogue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do with DJL's gradient collector beyond one forward and one backward. */
class CollectorTest {

    private static final Shape SHAPE = new Shape(2, 8, 3);

    private final NDManager manager = NDManager.newBaseManager();
    private final ParfocalLoss loss = ParfocalLoss.of(Catalogue.get("bce"));
    private final float[] logits = Engines.uniform(new Random(3), (int) SHAPE.size(), -4, 4);
    private final NDList labels = new NDList(manager.ones(SHAPE));
    private final Engines.Pass once = Engines.pass(loss, labels, logits, SHAPE);
    private final NDArray leaf = leaf();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void withoutACollectorThereIsTheValueAlone() {
        assertThat(loss.evaluate(labels, new NDList(leaf)).getFloat()).isEqualTo(once.value());
    }

    @Test
    void gradientsOfTwoStepsAddUp() {
        for (int step = 0; step < 2; step++) {
            try (GradientCollector collector = Engines.collector()) {
                collector.backward(loss.evaluate(labels, new NDList(leaf)));
            }
        }
        assertThat(leaf.getGradient().toFloatArray()).isEqualTo(times(2));
    }

    @Test
    void twoEvaluationsBeforeOneBackward() {
        try (GradientCollector collector = Engines.collector()) {
            NDArray first = loss.evaluate(labels, new NDList(leaf));
            NDArray second = loss.evaluate(labels, new NDList(leaf));
            collector.backward(NDArrays.add(first, second));
        }
        assertThat(leaf.getGradient().toFloatArray()).isEqualTo(times(2));
    }

    @Test
    void theChainRuleAfterTheLoss() {
        try (GradientCollector collector = Engines.collector()) {
            NDArray value = loss.evaluate(labels, new NDList(leaf));
            collector.backward(value.mul(manager.full(new Shape(), 4f)));
        }
        assertThat(leaf.getGradient().toFloatArray()).isEqualTo(times(4));
    }

    @Test
    void anEvaluationThatNobodyDifferentiatesLeavesNoTrace() {
        try (GradientCollector collector = Engines.collector()) {
            loss.evaluate(labels, new NDList(leaf));
            collector.backward(loss.evaluate(labels, new NDList(leaf)));
        }
        assertThat(leaf.getGradient().toFloatArray()).isEqualTo(times(1));
    }

    @Test
    void headsOfOneModelAddUpInDjlsCompositeLoss() {
        NDArray boxes = manager.create(new float[] {0, 0, 4, 4, 1, 1, 5, 5}, new Shape(1, 2, 4));
        NDArray target = manager.create(new float[] {0, 0, 4, 5, 1, 2, 5, 5}, new Shape(1, 2, 4));
        NDArray weights = manager.create(new float[] {1, 0}, new Shape(1, 2));
        NDArray classes = manager.zeros(SHAPE);
        boxes.setRequiresGradient(true);
        ParfocalLoss box = ParfocalLoss.of(Catalogue.get("giou")).withHead(1, 0).withWeights(2);
        ParfocalLoss all = loss.withHead(0, 1).withName("classes");
        SimpleCompositeLoss sum = new SimpleCompositeLoss().addLoss(box).addLoss(all);
        NDList labels = new NDList(target, classes, weights);
        NDList predictions = new NDList(leaf, boxes);
        try (GradientCollector collector = Engines.collector()) {
            NDArray value = sum.evaluate(labels, predictions);
            collector.backward(value);
            float parts = box.evaluate(labels, predictions).getFloat()
                    + all.evaluate(labels, predictions).getFloat();
            assertThat(value.getFloat()).isEqualTo(parts);
        }
        float[] boxGradient = boxes.getGradient().toFloatArray();
        assertThat(boxGradient[3]).isNegative();
        assertThat(java.util.Arrays.copyOfRange(boxGradient, 4, 8)).containsOnly(0);
        assertThat(leaf.getGradient().toFloatArray()).doesNotContain(0);
    }

    private NDArray leaf() {
        NDArray array = manager.create(logits, SHAPE);
        array.setRequiresGradient(true);
        return array;
    }

    private float[] times(int factor) {
        float[] expected = once.gradient().clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= factor;
        }
        return expected;
    }
}
