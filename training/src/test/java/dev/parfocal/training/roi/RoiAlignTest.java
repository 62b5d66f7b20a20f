package dev.parfocal.training.roi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.RawTensors;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against torchvision's own values, which {@code src/test/python/roi_align.py} has recorded. */
class RoiAlignTest {
    private static final float[] BOXES = {3, 5, 61, 47, 0, 0, 80, 64, 20.5f, 11.25f, 21, 11.75f, 70, 50, 80, 64};
    private static final float[] SIDES = {1, 60, 111.9f, 112, 113, 223, 224, 300, 447, 448, 900};
    private static final List<float[]> BATCH = List.of(
            new float[] {0, 0, 160, 120, 30, 20, 100, 90},
            new float[] {10, 10, 150, 140, 5, 100, 25, 130, 60, 0, 223, 159});

    private static JsonNode recorded;

    @BeforeAll
    static void start() throws IOException {
        Engine.start(1);
        try (InputStream file = RoiAlignTest.class.getResourceAsStream("roi_align.json")) {
            recorded = new JsonMapper().readTree(file);
        }
    }

    private static float[] wave(int count, double step) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i * step);
        }
        return values;
    }

    private static Tensor wave(double step, long... shape) {
        Tensor tensor = Tensor.zeros(shape);
        tensor.set(wave((int) tensor.elements(), step));
        return tensor;
    }

    private static float[] numbers(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }

    /** The largest difference, by the largest number. */
    private static double difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = IntStream.range(0, actual.length)
                .mapToDouble(i -> Math.abs(expected[i]))
                .max()
                .orElseThrow();
        return IntStream.range(0, actual.length)
                        .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                        .max()
                        .orElseThrow()
                / largest;
    }

    private static double[] differences(RoiAlign align, JsonNode golden) {
        return Scope.recorded(() -> {
            Tensor map = wave(0.7, 1, 2, 8, 10);
            RawTensors.raw(map).set_requires_grad(true);
            Tensor pooled = align.of(map, BOXES, 1.0 / 8);
            Tensor upstream = wave(0.3, pooled.shape());
            Tensor gradient = Tensor.gradients(List.of(pooled), List.of(upstream), List.of(map))
                    .get(0)
                    .orElseThrow();
            return new double[] {
                difference(pooled.toArray(), numbers(golden.get("values"))),
                difference(gradient.toArray(), numbers(golden.get("gradients")))
            };
        });
    }

    @Test
    void valuesAndGradientsAreTorchvisions() {
        for (JsonNode golden : recorded.get("single")) {
            RoiAlign align = new RoiAlign(7, 2, golden.get("aligned").booleanValue());
            double[] off = differences(align, golden);
            assertThat(off[0]).as("values, %s", align).isLessThan(2e-6);
            assertThat(off[1]).as("gradients, %s", align).isLessThan(2e-6);
        }
    }

    @Test
    void halfAPixelWouldBeSeen() {
        JsonNode unaligned = recorded.get("single").get(0);
        assertThat(unaligned.get("aligned").booleanValue()).isFalse();
        assertThat(differences(new RoiAlign(7, 2, true), unaligned)[0]).isGreaterThan(1e-2);
    }

    @Test
    void levelsAreThoseOfThePyramidsPaper() {
        RoiPyramid pyramid = new RoiPyramid(RoiAlign.DEFAULT, List.of(4, 8, 16, 32));
        for (int i = 0; i < SIDES.length; i++) {
            float[] box = {10, 20, 10 + SIDES[i], 20 + SIDES[i]};
            assertThat(pyramid.level(box, 0))
                    .as("side %s", SIDES[i])
                    .isEqualTo(recorded.get("levels").get(i).intValue());
        }
    }

    @Test
    void boxesOfSeveralImagesAndLevelsKeepTheirOrder() {
        RoiPyramid pyramid = new RoiPyramid(RoiAlign.DEFAULT, List.of(4, 8));
        List<Integer> levels = BATCH.stream()
                .flatMap(boxes -> IntStream.range(0, boxes.length / 4).mapToObj(i -> pyramid.level(boxes, i)))
                .toList();
        assertThat(levels).contains(0, 1);
        float[] pooled =
                Scope.unrecorded(() -> pyramid.of(List.of(wave(0.11, 2, 1, 40, 56), wave(0.13, 2, 1, 20, 28)), BATCH)
                        .toArray());
        assertThat(difference(pooled, numbers(recorded.get("pyramid")))).isCloseTo(0, within(2e-6));
    }

    @Test
    void noBoxesGiveNoFeatures() {
        RoiPyramid pyramid = new RoiPyramid(RoiAlign.DEFAULT, List.of(4, 8));
        long[] shape = Scope.unrecorded(() -> pyramid.of(
                        List.of(wave(0.11, 1, 3, 40, 56), wave(0.13, 1, 3, 20, 28)), List.of(new float[0]))
                .shape());
        assertThat(shape).containsExactly(0, 3, 7, 7);
    }
}
