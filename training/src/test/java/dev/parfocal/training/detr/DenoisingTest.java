package dev.parfocal.training.detr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Truth;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DenoisingTest {
    private static final int CLASSES = 5;
    private static final Annotation CROWD = new Annotation(new Box(0, 0, 100, 80), 0, true, 8000);
    private static final Annotation SMALL = Annotation.of(new Box(20, 20, 30, 28), 1);
    private static final Annotation LARGE = Annotation.of(new Box(10, 8, 90, 72), 3);
    private static final DenoisingLayout TWO_GROUPS = new DenoisingLayout(2, 2);

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static DenoisingNoise noise(double label, double box) {
        return new DenoisingNoise(new RtDetrConfig.Denoising(8, label, box), CLASSES, new SplittableRandom(3));
    }

    @Test
    void everyGroupHasOneQueryNearEachObjectAndOneFarOff() {
        Assignment assignment = TWO_GROUPS.assignment(List.of(CROWD, SMALL, LARGE));
        assertThat(assignment.label()).containsExactly(1, 3, -1, -1, 1, 3, -1, -1);
        assertThat(assignment.object()).containsExactly(1, 2, -1, -1, 1, 2, -1, -1);
        assertThat(assignment.targetBox()).startsWith(20, 20, 30, 28, 10, 8, 90, 72, 0, 0, 0, 0);
        assertThat(assignment.positives()).isEqualTo(TWO_GROUPS.groups() * 2);
    }

    @Test
    void imagesWithFewerObjectsAreFilledUp() {
        Assignment assignment = TWO_GROUPS.assignment(List.of(SMALL));
        assertThat(assignment.label()).containsExactly(1, -1, -1, -1, 1, -1, -1, -1);
        long[] labels = new long[8];
        TWO_GROUPS.fill(List.of(SMALL), 100, 80, noise(0, 1), labels, new float[32], 0);
        assertThat(labels).containsExactly(1, CLASSES, 1, CLASSES, 1, CLASSES, 1, CLASSES);
    }

    @Test
    void withoutNoiseQueriesAreTheObjects() {
        float[] boxes = new float[32];
        TWO_GROUPS.fill(List.of(SMALL, LARGE), 100, 80, noise(0, 0), new long[8], boxes, 0);
        for (int query = 0; query < 8; query += 2) {
            assertThat(boxes[4 * query]).isCloseTo(0.25f, within(1e-6f));
            assertThat(boxes[4 * query + 1]).isCloseTo(0.3f, within(1e-6f));
            assertThat(boxes[4 * query + 2]).isCloseTo(0.1f, within(1e-6f));
            assertThat(boxes[4 * query + 3]).isCloseTo(0.1f, within(1e-6f));
        }
    }

    @Test
    void cornersMoveByAtMostHalfASideNearAndByMoreFarOff() {
        DenoisingNoise noise = noise(0, 1);
        for (int i = 0; i < 200; i++) {
            for (boolean far : new boolean[] {false, true}) {
                float[] box = {0.4f, 0.4f, 0.6f, 0.5f};
                noise.move(box, 0, far);
                float left = box[0] - box[2] / 2;
                float moved = Math.abs(left - 0.4f) / 0.1f;
                assertThat(moved).isBetween(far ? 0.999f : 0, far ? 2.001f : 1.001f);
            }
        }
    }

    @Test
    void halfOfTheLabelNoiseIsDrawnAnew() {
        DenoisingNoise noise = noise(1, 0);
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            kept += noise.label(2) == 2 ? 1 : 0;
        }
        // One half is drawn anew; one in five of those draws its own class.
        assertThat(kept).isBetween(5_800, 6_200);
    }

    @Test
    void groupsDoNotSeeEachOtherAndQueriesSeeNoGroup() {
        float[] mask = Scope.unrecorded(() -> new DenoisingLayout(1, 2).mask(3).toArray());
        float no = Float.NEGATIVE_INFINITY;
        assertThat(mask)
                .containsExactly(
                        0, 0, no, no, 0, 0, 0, //
                        0, 0, no, no, 0, 0, 0, //
                        no, no, 0, 0, 0, 0, 0, //
                        no, no, 0, 0, 0, 0, 0, //
                        no, no, no, no, 0, 0, 0, //
                        no, no, no, no, 0, 0, 0, //
                        no, no, no, no, 0, 0, 0);
    }

    private static float[] boxes(long seed) {
        Layers layers = new Layers(1);
        DenoisingQueries queries =
                new DenoisingQueries(layers, "embedding", new RtDetrConfig.Denoising(9, 0.5, 1), 8, CLASSES);
        layers.finish();
        Truth truth = Truth.of(List.of(List.of(SMALL, LARGE), List.of(LARGE)), seed);
        return Scope.unrecorded(() -> {
            DenoisingQueries.Noised noised = queries.forward(truth, 100, 80, 3);
            assertThat(noised).isNotNull();
            // 9 / 2 groups, each with two queries an object.
            assertThat(noised.count()).isEqualTo(4 * 2 * 2);
            assertThat(noised.queries().content().shape()).containsExactly(2, 16, 8);
            return noised.queries().boxes().toArray();
        });
    }

    @Test
    void oneSeedGivesTheSameNoise() {
        assertThat(boxes(5)).isEqualTo(boxes(5)).isNotEqualTo(boxes(6));
    }

    @Test
    void nothingIsDenoisedWithoutObjectsOrInUse() {
        Layers layers = new Layers(1);
        DenoisingQueries queries =
                new DenoisingQueries(layers, "embedding", new RtDetrConfig.Denoising(9, 0.5, 1), 8, CLASSES);
        layers.finish();
        assertThat(queries.forward(Truth.UNKNOWN, 100, 80, 3)).isNull();
        assertThat(queries.forward(Truth.of(List.of(List.of(CROWD), List.of()), 1), 100, 80, 3))
                .isNull();
    }

    @Test
    void theRowOfNoObjectIsNotTrained() {
        Layers layers = new Layers(1);
        DenoisingQueries queries =
                new DenoisingQueries(layers, "embedding", new RtDetrConfig.Denoising(2, 0, 1), 2, CLASSES);
        var weights = layers.finish();
        Scope.recorded(() -> {
            Truth truth = Truth.of(List.of(List.of(SMALL, LARGE), List.of(LARGE)), 1);
            Tensor content = queries.forward(truth, 100, 80, 3).queries().content();
            Tensor ones = Tensor.zeros(content.shape()).fill(1);
            Tensor.backward(List.of(content), List.of(ones));
            return true;
        });
        // One group of two queries an object: class 1 twice, class 3 four times, none twice.
        assertThat(weights.gradients().toArray()).containsExactly(0, 0, 2, 2, 0, 0, 4, 4, 0, 0, 0, 0);
    }
}
