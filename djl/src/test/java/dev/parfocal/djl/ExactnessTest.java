package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DJL sees exactly what core computes: the same bits, value and gradient. */
class ExactnessTest {

    private static final int BATCH = 3;
    private static final int ANCHORS = 41;
    private static final int CLASSES = 7;

    private final Random random = new Random(5);

    static List<Loss> pointwise() {
        return ofKind(Kind.POINTWISE);
    }

    static List<Loss> rows() {
        return ofKind(Kind.ROW);
    }

    static List<Loss> boxes() {
        return ofKind(Kind.BOX);
    }

    private static List<Loss> ofKind(Kind kind) {
        return Catalogue.all().stream()
                .filter(loss -> loss.kind() == kind)
                .filter(loss -> kind != Kind.BOX || loss.predicted().size() == 4)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pointwise")
    void denseTargets(Loss loss) {
        Shape shape = new Shape(BATCH, ANCHORS, CLASSES);
        int n = (int) shape.size();
        float[] logits = Engines.uniform(random, n, -9, 9);
        List<float[]> targets = new ArrayList<>();
        loss.given().forEach(input -> targets.add(hardTargets(n)));
        Batch batch = new Batch.Dense(
                Floats.of(logits),
                BATCH * ANCHORS,
                CLASSES,
                targets.stream().map(Floats::of).toList());
        Engines.withManager(manager -> {
            NDList labels = new NDList();
            targets.forEach(target -> labels.add(manager.create(target, shape)));
            assertSame(loss, batch, recipe(loss), ParfocalLoss.of(loss), labels, logits, shape);
        });
    }

    @ParameterizedTest
    @MethodSource("pointwise")
    void sparseTargets(Loss loss) {
        Shape shape = new Shape(BATCH, ANCHORS, CLASSES);
        float[] logits = Engines.uniform(random, (int) shape.size(), -9, 9);
        int[] classes = new int[BATCH * ANCHORS];
        float[] quality = Engines.uniform(random, classes.length, 0.1f, 1);
        for (int i = 0; i < classes.length; i++) {
            classes[i] = random.nextInt(CLASSES + 2) - 2;
        }
        Arrays.fill(quality, 0, BATCH, 1);
        boolean soft = loss.given().stream()
                .allMatch(input -> input.accepts(0.5) || input.name().equals("label"));
        if (!soft) {
            Arrays.fill(quality, 1);
        }
        Batch batch = new Batch.Sparse(Floats.of(logits), BATCH * ANCHORS, CLASSES, classes, quality);
        Engines.withManager(manager -> {
            Shape anchors = new Shape(BATCH, ANCHORS);
            NDList labels = new NDList(manager.create(classes, anchors), manager.create(quality, anchors));
            assertSame(loss, batch, recipe(loss), ParfocalLoss.of(loss), labels, logits, shape);
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsWithWeights(Loss loss) {
        int bins = loss.predicted().get(0).length();
        Shape shape = new Shape(BATCH, ANCHORS, bins);
        float[] logits = Engines.uniform(random, (int) shape.size(), -5, 5);
        List<float[]> givens = new ArrayList<>();
        loss.declaredGiven()
                .forEach(input -> givens.add(
                        input.isRow()
                                ? Engines.uniform(random, BATCH * ANCHORS * bins, -5, 5)
                                : rowTargets((int) Math.min(bins, input.max() + 1), input.integer())));
        float[] weights = Engines.uniform(random, BATCH * ANCHORS, 0, 1);
        Batch batch = new Batch.Rows(
                Floats.of(logits),
                BATCH * ANCHORS,
                bins,
                givens.stream().map(Floats::of).toList());
        Options options = recipe(loss).withWeights(Weights.perAnchor(Floats.of(weights)));
        Engines.withManager(manager -> {
            NDList labels = new NDList();
            givens.forEach(given -> labels.add(
                    manager.create(given, given.length == weights.length ? new Shape(BATCH, ANCHORS) : shape)));
            labels.add(manager.create(weights, new Shape(BATCH, ANCHORS)));
            ParfocalLoss djl = ParfocalLoss.of(loss).withWeights(givens.size());
            assertSame(loss, batch, options, djl, labels, logits, shape);
        });
    }

    @Test
    void classesDiffer() {
        Loss loss = Catalogue.get("focal");
        Shape shape = new Shape(BATCH, ANCHORS, 3);
        float[] logits = Engines.uniform(random, (int) shape.size(), -5, 5);
        float[] targets = hardTargets((int) shape.size());
        Batch batch = new Batch.Dense(Floats.of(logits), BATCH * ANCHORS, 3, List.of(Floats.of(targets)));
        float[] alphas = {0.2f, 0.5f, 0.9f};
        float[] weights = {1, 0, 3};
        Options options = recipe(loss)
                .withPerClass("alpha", Floats.of(alphas))
                .withWeights(Weights.perClass(Floats.of(weights)))
                .withSmoothing(0.1);
        Engines.withManager(manager -> {
            NDList labels = new NDList(manager.create(targets, shape));
            ParfocalLoss djl = ParfocalLoss.of(loss)
                    .withPerClass("alpha", alphas)
                    .withClassWeights(weights)
                    .withSmoothing(0.1);
            assertSame(loss, batch, options, djl, labels, logits, shape);
        });
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void boxesScaled(Loss loss) {
        Shape shape = new Shape(BATCH, ANCHORS, 4);
        float[] predicted = boxes(BATCH * ANCHORS);
        float[] target = boxes(BATCH * ANCHORS);
        Batch batch = new Batch.Boxes(Floats.of(predicted), Floats.of(target), BATCH * ANCHORS);
        Options options = Options.of(Normalizer.given(17)).withScale(2);
        Engines.withManager(manager -> {
            NDList labels = new NDList(manager.create(target, shape));
            ParfocalLoss djl =
                    ParfocalLoss.of(loss).withNormalizer(Normalizer.given(17)).withScale(2);
            assertSame(loss, batch, options, djl, labels, predicted, shape);
        });
    }

    @Test
    void extremeLogitsOverflowNothing() {
        Loss loss = Catalogue.get("focal");
        float[] logits = {Float.MAX_VALUE, -Float.MAX_VALUE, 3e38f, 3e38f, -3e38f, 88, -88, 0};
        Shape shape = new Shape(1, 2, 4);
        Engines.withManager(manager -> {
            NDList labels = new NDList(manager.zeros(shape));
            Engines.Pass pass = Engines.pass(ParfocalLoss.of(loss), labels, logits, shape);
            LossFunction core = LossFunction.of(loss);
            float[] gradient = new float[logits.length];
            Batch batch = new Batch.Dense(Floats.of(logits), 2, 4, List.of(Floats.of(new float[8]))); // all background
            double value =
                    core.evaluate(batch, recipe(loss), Floats.of(gradient)).value();
            assertThat(pass.value()).isEqualTo((float) value);
            assertThat(pass.gradient()).isEqualTo(gradient).doesNotContain(Float.NaN);
        });
    }

    @Test
    void predictionsThatAreNotContiguous() {
        Loss loss = Catalogue.get("bce");
        float[] numbers = Engines.uniform(random, 24, -3, 3);
        Engines.withManager(manager -> {
            NDArray target = manager.create(hardTargets(24), new Shape(2, 3, 4));
            float[] expected;
            try (NDManager scope = manager.newSubManager()) {
                float[] permuted = scope.create(numbers, new Shape(2, 4, 3))
                        .transpose(0, 2, 1)
                        .toFloatArray();
                float[] gradient = Engines.pass(ParfocalLoss.of(loss), new NDList(target), permuted, new Shape(2, 3, 4))
                        .gradient();
                expected = scope.create(gradient, new Shape(2, 3, 4))
                        .transpose(0, 2, 1)
                        .toFloatArray();
            }
            NDArray leaf = manager.create(numbers, new Shape(2, 4, 3));
            leaf.setRequiresGradient(true);
            try (GradientCollector collector = Engines.collector()) {
                NDArray value = ParfocalLoss.of(loss).evaluate(new NDList(target), new NDList(leaf.transpose(0, 2, 1)));
                collector.backward(value);
            }
            assertThat(leaf.getGradient().toFloatArray()).isEqualTo(expected);
        });
    }

    private void assertSame(
            Loss loss, Batch batch, Options options, ParfocalLoss djl, NDList labels, float[] numbers, Shape shape) {
        float[] gradient = new float[numbers.length];
        int threads = Runtime.getRuntime().availableProcessors();
        double value = LossFunction.of(loss, Backend.best(), threads)
                .evaluate(batch, options, Floats.of(gradient))
                .value();
        Engines.Pass pass = Engines.pass(djl, labels, numbers, shape);
        assertThat(pass.value()).isEqualTo((float) value).isNotEqualTo(0);
        assertThat(pass.gradient()).isEqualTo(gradient);
        assertThat(gradient).isNotEqualTo(new float[gradient.length]);
    }

    private static Options recipe(Loss loss) {
        return Options.of(loss.recipe()).withScale(loss.recipe().weight());
    }

    private float[] hardTargets(int n) {
        float[] targets = new float[n];
        for (int i = 0; i < n; i += 9) {
            targets[i] = 1;
        }
        return targets;
    }

    private float[] rowTargets(int bins, boolean whole) {
        float[] targets = Engines.uniform(random, BATCH * ANCHORS, 0, bins - 1.01f);
        for (int i = 0; whole && i < targets.length; i++) {
            targets[i] = (float) Math.floor(targets[i]);
        }
        return targets;
    }

    private float[] boxes(int n) {
        float[] boxes = new float[4 * n];
        for (int i = 0; i < boxes.length; i += 4) {
            boxes[i] = 10 * random.nextFloat();
            boxes[i + 1] = 10 * random.nextFloat();
            boxes[i + 2] = boxes[i] + 1 + 20 * random.nextFloat();
            boxes[i + 3] = boxes[i + 1] + 1 + 20 * random.nextFloat();
        }
        return boxes;
    }
}
