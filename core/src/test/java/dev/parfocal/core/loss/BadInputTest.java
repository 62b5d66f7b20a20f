package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BadInputTest {

    private static final Options SUM = Options.of(Normalizer.none());
    private final Loss focal = Catalogue.get("focal");

    private static void refused(Backend backend, Loss loss, Batch batch, Options options, String message) {
        Floats gradient = Floats.of(new float[batch.predicted().length()]);
        assertThatThrownBy(() -> LossFunction.of(loss, backend, 2).evaluate(batch, options, gradient))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(message);
    }

    private static Batch sparse(int label, float quality) {
        return new Batch.Sparse(
                Floats.of(new float[6]), 3, 2, new int[] {-1, -1, label}, new float[] {0, Float.NaN, quality});
    }

    @ParameterizedTest
    @EnumSource
    void classesOutOfRange(Backend backend) {
        refused(backend, focal, sparse(2, 1), SUM, "the class index is 2 at anchor 2: it must be in [0, 2)");
        refused(backend, focal, sparse(-3, 1), SUM, "the class index is -3 at anchor 2");
        Loss softmax = Catalogue.get("softmax_focal").withRowLength(2);
        Batch rows = new Batch.Rows(Floats.of(new float[4]), 2, 2, List.of(Floats.of(new float[] {0, 2})));
        refused(backend, softmax, rows, SUM, "the target label is 2.0");
    }

    @ParameterizedTest
    @EnumSource
    void targetsOutOfRange(Backend backend) {
        refused(
                backend,
                focal,
                sparse(1, 1.5f),
                SUM,
                "the target target is 1.5 at anchor 2, class 1: it must be in [0, 1]");
        refused(backend, focal, sparse(1, Float.NaN), SUM, "the target target is NaN at anchor 2, class 1");
        float[] target = {0, 0, 0, -.25f, 0, 0};
        Batch dense = new Batch.Dense(Floats.of(new float[6]), 3, 2, List.of(Floats.of(target)));
        refused(backend, focal, dense, SUM, "the target target is -0.25 at anchor 1, class 1");
        float[] corners = {0, 0, 1, Float.NaN};
        Batch boxes = new Batch.Boxes(Floats.of(new float[4]), Floats.of(corners), 1);
        refused(backend, Catalogue.get("iou"), boxes, SUM, "the target ty2 is NaN");
    }

    /** The first bad number is named, in whatever tile and memory it lies. */
    @ParameterizedTest
    @EnumSource(
            value = Backend.class,
            names = {"SCALAR", "VECTOR"})
    void targetsOfManyBoxes(Backend backend) {
        Loss narrow = Loss.parse("loss narrow(x1, x2; tx1 in [0, 1], tx2)\n\n(x1 - tx1)^2 + (x2 - tx2)^2");
        for (boolean direct : new boolean[] {false, true}) {
            Batches memory = Batches.seeded(2, direct);
            Batch.Boxes boxes = memory.boxes(3000);
            Floats gradient = memory.room(4 * boxes.boxes());
            LossFunction function = LossFunction.of(Catalogue.get("iou"), backend, 2);
            boxes.target().set(7, Float.POSITIVE_INFINITY);
            assertThat(function.evaluate(boxes, SUM, gradient).sum())
                    .as("infinity is a number")
                    .isPositive();
            boxes.target().set(4 * 2990 + 1, Float.NaN);
            boxes.target().set(4 * 1700 + 2, Float.NaN);
            refused(backend, Catalogue.get("iou"), boxes, SUM, "the target tx2 is NaN in element 1700");
            Floats pairs = memory.normal(2 * 900, 0);
            Batch two = new Batch.Boxes(pairs, pairs, 900);
            pairs.set(2 * 600 + 1, 5);
            assertThat(LossFunction.of(narrow, backend, 2)
                            .evaluate(two, SUM, memory.room(1800))
                            .sum())
                    .isZero();
            pairs.set(2 * 700, 5);
            refused(backend, narrow, two, SUM, "the target tx1 is 5.0 in element 700: it must be in [0, 1]");
        }
    }

    @Test
    void sizes() {
        Floats five = Floats.of(new float[5]);
        assertThatThrownBy(() -> new Batch.Sparse(five, 3, 2, new int[3], new float[3]))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("wrong size of logits: 5 numbers for 3 anchors x 2 classes");
        assertThatThrownBy(() -> new Batch.Rows(Floats.of(new float[4]), 2, 2, List.of(five)))
                .hasMessage("wrong size of targets: 5 numbers for 2 rows");
        Batch batch = sparse(1, 1);
        assertThatThrownBy(() -> LossFunction.of(focal, Backend.SCALAR, 1).evaluate(batch, SUM, five))
                .hasMessage("wrong size of the gradient: 5 numbers where 6 are needed");
        Options options = SUM.withWeights(Weights.perClass(five));
        refused(Backend.SCALAR, focal, batch, options, "wrong size of the class weights");
        Batch boxes = new Batch.Boxes(Floats.of(new float[8]), Floats.of(new float[4]), 2);
        refused(Backend.SCALAR, Catalogue.get("iou"), boxes, SUM, "wrong size of the target boxes: 4");
        Batch rows = new Batch.Rows(Floats.of(new float[6]), 2, 3, List.of(Floats.of(new float[2])));
        refused(Backend.SCALAR, Catalogue.get("distribution_focal"), rows, SUM, "reads rows of 17 logits");
    }

    @Test
    void optionsThatDoNotFit() {
        Batch batch = sparse(1, 1);
        refused(Backend.SCALAR, Catalogue.get("iou"), batch, SUM, "is of kind BOX");
        refused(Backend.SCALAR, focal, batch, SUM.withArgument("gama", 1), "has no parameter gama");
        refused(Backend.SCALAR, focal, batch, SUM.withArgument("gamma", 7), "must be in [0");
        refused(Backend.SCALAR, focal, batch, SUM.withArgument("gamma", Double.NaN), "not NaN");
        Options perClass = SUM.withPerClass("alpha", Floats.of(new float[] {.5f, 2}));
        refused(Backend.SCALAR, focal, batch, perClass, "not 2.0 as for class 1");
        refused(Backend.SCALAR, Catalogue.get("varifocal_detached"), batch, SUM.withSmoothing(.1), "label smoothing");
        assertThatThrownBy(() -> SUM.withSmoothing(1)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> SUM.withScale(Double.NaN)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> LossFunction.of(focal, Backend.SCALAR, 0)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Floats.of(FloatBuffer.allocate(3).asReadOnlyBuffer()))
                .isInstanceOf(ParfocalException.class);
    }
}
