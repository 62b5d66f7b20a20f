package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.guard.NonFiniteLossException;
import dev.parfocal.core.loss.Loss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arrays that do not fit are refused in words that help. */
class ErrorsTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray predictions = manager.zeros(new Shape(2, 5, 3));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void labelsOfAnotherShape() {
        refused("bce", predictions, manager.zeros(new Shape(2, 3)))
                .contains("predictions [..., classes]", "(2, 5, 3)", "(2, 3)", "class indexes");
    }

    @Test
    void aGuardedLossThatIsNotFiniteSaysWhere() {
        NDArray logits = manager.ones(new Shape(2, 5, 3));
        logits.set(new NDIndex(1, 4, 2), -1);
        NDList labels = new NDList(manager.ones(new Shape(2, 5, 3)));
        ParfocalLoss raw = ParfocalLoss.of(Loss.parse("""
                # Cross-entropy that forgot its sigmoid.
                loss raw(logit; target in [0, 1])
                -target * log(logit)
                """)).withName("scores");

        assertThat(raw.evaluate(labels, new NDList(logits)).getFloat()).isNaN();
        assertThatThrownBy(() -> raw.guarded().evaluate(labels, new NDList(logits)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("the scores loss is NaN, first at anchor 9, class 2 (logit = -1.0, target = 1.0")
                .hasMessageContaining("log(logit) is NaN there");
    }

    @Test
    void noLabels() {
        refused("bce", predictions).contains("one label array", "[]");
    }

    @Test
    void predictionsThatAreNotFloat32() {
        refused("bce", predictions.toType(DataType.FLOAT64, true), predictions)
                .contains("predictions are float64", "float32");
    }

    @Test
    void labelsThatAreNotFloat32() {
        refused("bce", predictions, predictions.toType(DataType.FLOAT64, true)).contains("label", "float64", "toType");
    }

    @Test
    void classIndexesOutsideTheClasses() {
        refused("bce", predictions, manager.full(new Shape(2, 5), 3)).contains("3");
        refused("bce", predictions, manager.full(new Shape(2, 5), -3)).contains("-3");
        refused("bce", predictions, manager.full(new Shape(2, 5), 0.5f)).contains("0.5", "whole number");
        refused("bce", predictions, manager.full(new Shape(2, 5), 0f, DataType.UINT8))
                .contains("uint8");
    }

    @Test
    void targetsOutsideTheirRange() {
        refused("varifocal", predictions, manager.full(predictions.getShape(), 2f))
                .contains("2");
    }

    @Test
    void boxesOfAnotherWidth() {
        refused("giou", predictions, predictions).contains("[..., 4]", "(2, 5, 3)");
    }

    @Test
    void rowsOfAnotherLength() {
        refused("distribution_focal", predictions, manager.zeros(new Shape(2, 5)))
                .contains("withRowLength(3)");
    }

    @Test
    void predictionsWithoutDimensions() {
        refused("bce", manager.create(1f), manager.create(1f)).contains("without dimensions");
    }

    @Test
    void aHeadThatTheModelDoesNotHave() {
        ParfocalLoss loss = ParfocalLoss.of(Catalogue.get("bce")).withHead(2, 0);
        assertThatThrownBy(() -> loss.evaluate(new NDList(predictions), new NDList(predictions)))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("prediction array 2");
    }

    @Test
    void anEmptyBatchIsZero() {
        NDArray empty = manager.create(new Shape(0, 3));
        NDArray value = ParfocalLoss.of(Catalogue.get("focal")).evaluate(new NDList(empty), new NDList(empty));
        assertThat(value.getFloat()).isZero();
    }

    private org.assertj.core.api.AbstractStringAssert<?> refused(String loss, NDArray predictions, NDArray... labels) {
        ParfocalLoss subject = ParfocalLoss.of(Catalogue.get(loss));
        try {
            subject.evaluate(new NDList(labels), new NDList(predictions));
        } catch (ParfocalException e) {
            return assertThat(e.getMessage());
        }
        throw new AssertionError("the loss " + loss + " accepted arrays that do not fit");
    }
}
