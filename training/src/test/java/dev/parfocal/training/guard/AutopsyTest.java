package dev.parfocal.training.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.block.Activation;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.BalanceConfig;
import dev.parfocal.training.criterion.Component;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.DenseLosses;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.criterion.StepTimer;
import dev.parfocal.training.criterion.Task;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.dense.InitConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Normalization;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.NeckConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gradients are made not finite between losses that are and the weights: once before the backward pass, once within it. */
class AutopsyTest {
    private static final int SIZE = 64;
    private static final int REG_MAX = 6;
    private static final Priors POINTS = Priors.cells(SIZE, SIZE, 8, 16, 32);
    private static final int LEVEL_1 = POINTS.levelStart()[1];
    private static final List<List<Annotation>> OBJECTS =
            List.of(List.of(Annotation.of(new Box(3, 5, 38.5, 41), 1)), List.of());
    private static final BatchNames NAMES = new BatchNames(
            List.of(new BatchNames.Picture(11, "a.png"), new BatchNames.Picture(12, "b.png")),
            List.of("disc", "square"));

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static DetectorModel model() {
        DenseConfig config = new DenseConfig(
                List.of(8, 8, 8, 8, 8),
                NeckConfig.of(8),
                1,
                REG_MAX,
                Normalization.GROUP,
                Activation.RELU,
                Precision.FLOAT32,
                InitConfig.DEFAULT,
                new InputSize(SIZE, SIZE));
        DetectorModel model = new DetectorModel(config, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), 3);
        model.training(true);
        return model;
    }

    /** A task without a loss that sends one number to one place of an output. */
    private record Sender(
            String name, Function<Prediction, Tensor> output, ToIntFunction<MatchedBatch> place, float number)
            implements Task {
        @Override
        public Map<String, Loss> losses() {
            return Map.of(name, Catalogue.get("bce"));
        }

        @Override
        public List<Component> components() {
            return List.of();
        }

        @Override
        public List<Contribution> evaluate(MatchedBatch scene) {
            Tensor to = output.apply(scene.prediction());
            Tensor gradient = Tensor.zeros(to.shape());
            gradient.onHost().change(numbers -> numbers.set(place.applyAsInt(scene), number));
            return List.of(Contribution.of(name, new Evaluation(0, 0, 1, 0), to, gradient));
        }
    }

    private static Verdict examine(DetectorModel model, Task... senders) {
        Criterion criterion = new Criterion(
                DenseLosses.DEFAULT.supervision(new AssignerConfig.Atss(9, null, 0)),
                DenseLosses.DEFAULT.gain(),
                model.config(),
                2,
                List.of(senders),
                BalanceConfig.DEFAULT);
        FloatBuffer planes = noise();
        model.weights().gradients().fill(0);
        return Autopsy.of(model, NAMES, planes, OBJECTS, new Rerun() {
            @Override
            public LossReport gradients(StepWatch watch) {
                return Scope.recorded(() -> {
                    Prediction prediction = model.forward(Tensor.images(planes, OBJECTS.size(), 3, SIZE, SIZE));
                    watch.outputs(prediction);
                    LossReport report =
                            criterion.backward(prediction, OBJECTS, StepSettings.NONE, StepTimer.NONE, watch::upstream);
                    watch.done();
                    return report;
                });
            }

            @Override
            public void update() {}

            @Override
            public Map<String, Tensor> memory() {
                return Map.of();
            }
        });
    }

    private static FloatBuffer noise() {
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * OBJECTS.size() * 3 * SIZE * SIZE)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(5);
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, (float) random.nextGaussian());
        }
        return planes;
    }

    /** A logit of the second image's class square at a point of level 1. */
    private static int square(int point) {
        return (POINTS.size() + LEVEL_1 + point) * 2 + 1;
    }

    private static Finding origin(Verdict verdict) {
        assertThat(verdict.origin()).as(verdict.table()).isPresent();
        return verdict.origin().get();
    }

    @Test
    void withoutAnythingSentAllIsFinite() {
        Verdict verdict = examine(model());
        assertThat(verdict.origin()).isEmpty();
        assertThat(verdict.table()).contains("upstream  finite  gradients by logits to ", ", sides to ");
    }

    @Test
    void whatALossSendsIsFoundByComponentImageLevelAnchorAndClass() {
        Finding found = origin(examine(
                model(), new Sender("rash", p -> p.result().logits(), scene -> square(6), Float.NEGATIVE_INFINITY)));
        assertThat(found.stage()).isEqualTo(Stage.UPSTREAM);
        assertThat(found.words())
                .startsWith(
                        "the gradient of rash by the logits is -infinity (1 of 336 are not finite), the first at image"
                                + " 12 (b.png), level 1 (stride 16), anchor " + (LEVEL_1 + 6)
                                + " at x 40, y 24, class square (output = -")
                .endsWith(", background)");
    }

    @Test
    void aSumThatOverflowsIsFoundWithTheObjectThatThePointLearns() {
        ToIntFunction<MatchedBatch> firstSide =
                scene -> scene.result().positives().row()[0] * 4 * (REG_MAX + 1) + 2;
        Verdict verdict = examine(
                model(),
                new Sender("one", p -> p.result().boxes(), firstSide, 3e38f),
                new Sender("two", p -> p.result().boxes(), firstSide, 3e38f));
        Finding found = origin(verdict);
        assertThat(found.stage()).isEqualTo(Stage.UPSTREAM);
        assertThat(found.words())
                .startsWith("the gradient of box and distribution and one and two by the sides is infinity (1 of ")
                .contains("the first at image 11 (a.png), level ", ", side left, bin 2 (output = ")
                .endsWith(", object square from x 3, y 5 to x 38.5, y 41)");
        // What comes of it needs no explanation of its own.
        assertThat(verdict.table()).contains("gradient  broken").doesNotContain("The backward pass made it");
    }

    @Test
    void whatTheBackwardPassMadeIsFoundByItsLayer() {
        DetectorModel model = model();
        model.weights().all().stream()
                .filter(w -> w.name().equals("head.classes.weight"))
                .forEach(w -> Scope.unrecorded(() -> {
                    w.value().fill(1e25);
                }));
        Finding found =
                origin(examine(model, new Sender("steep", p -> p.result().logits(), scene -> square(6), 1e20f)));
        assertThat(found.stage()).isEqualTo(Stage.GRADIENT);
        assertThat(found.words())
                .startsWith("the gradient of ")
                .contains(
                        "The backward pass made it: the gradient by the output of layer head.classTower0.norm on level 1"
                                + " is ")
                .contains("the first at image 12 (b.png), channel 0, y ")
                .endsWith("; those by the outputs of the layers after it are finite");
    }

    @Test
    void whatASumOverPixelsMadeIsSaidToBeTheLayersOwn() {
        Finding found = origin(examine(
                model(),
                new Sender("one", p -> p.result().logits(), scene -> square(6), 3e38f),
                new Sender("two", p -> p.result().logits(), scene -> square(9), 3e38f)));
        assertThat(found.stage()).isEqualTo(Stage.GRADIENT);
        assertThat(found.words())
                .startsWith("the gradient of head.classes.bias is infinity (1 of 2 are not finite)")
                .contains(". The backward pass made it within the layer: the gradients by the outputs of all layers are"
                        + " finite (to 3.0E38, by that of head.classes on level 1)");
    }
}
