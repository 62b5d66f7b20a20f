package dev.parfocal.training.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossComponent.Division;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.criterion.LossComponent.Weighting;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.golden.FormulaWeights;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.Samples;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.CoarserLevels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * torchvision's RetinaNet and FCOS on ResNet-18 and the same here, with the same weights, images and objects: losses within
 * 1e-4, gradients within 1e-3. The values were recorded by {@code src/test/python/retinanet.py} and {@code fcos.py}.
 */
class ParityTest {
    private static final int CLASSES = 3;
    private static final InputSize INPUT = new InputSize(128, 96);

    @BeforeAll
    static void start() {
        Engine.start(2);
    }

    private static LossComponent loss(String name, Map<String, Double> set, double weight, Division division) {
        return new LossComponent(name, set, weight, Target.HARD, division, Weighting.EQUAL);
    }

    private static RetinaNetConfig retinanet(Norm norm, CoarserLevels coarser) {
        RetinaNetConfig usual = RetinaNetConfig.DEFAULT;
        return new RetinaNetConfig(INPUT, Pixels.IMAGENET, usual.precision(), usual.backbone(), 256, coarser, 4, norm);
    }

    private static Map<String, Supervision> supervision(
            double foreground, String box, Division division, double boxWeight) {
        Map<String, LossComponent> losses = new LinkedHashMap<>();
        losses.put("classification", loss("focal", Map.of(), 1, division));
        losses.put("box", loss(box, Map.of(), boxWeight, division));
        return Map.of("dense", new Supervision(new AssignerConfig.MaxIou(foreground, 0.4, true), null, losses));
    }

    private static Map<String, Supervision> fcos() {
        Map<String, LossComponent> losses = new LinkedHashMap<>();
        losses.put("classification", loss("focal", Map.of(), 1, Division.POSITIVES));
        losses.put("box", loss("giou", Map.of(), 1, Division.POSITIVES));
        losses.put(
                "centerness",
                new LossComponent("bce", Map.of(), 1, Target.CENTERNESS, Division.POSITIVES, Weighting.EQUAL));
        return Map.of("dense", new Supervision(new AssignerConfig.CentreSampling(1.5), null, losses));
    }

    /** A step on a golden file's weights, images and objects. */
    private record Step(LossReport report, Map<String, float[]> gradients) {}

    private static Step step(Golden golden, ModelConfig config, Map<String, Supervision> supervision) {
        DetectorModel model = new DetectorModel(config, Start.of(CLASSES, Map.of()), 1);
        FormulaWeights weights = golden.weights();
        Map<String, long[]> shapes = golden.shapes();
        for (Weight weight : model.weights().all()) {
            assertThat(shapes).containsKey(weight.name());
            long[] shape = shapes.getOrDefault(weight.name(), new long[0]);
            Scope.unrecorded(() -> {
                weight.value().set(weights.values(weight.name(), shape));
            });
        }
        assertThat(model.weights().all()).hasSize((int) shapes.keySet().stream()
                .filter(name -> !name.endsWith("num_batches_tracked"))
                .count());
        // Recorded images are levels in [0, 1]; views are drawn with mean 0.5 and deviation 0.25.
        float[] levels = golden.images();
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * levels.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < levels.length; i++) {
            planes.put(i, (levels[i] - 0.5f) / 0.25f);
        }
        model.training(true);
        Criterion criterion = new Criterion(supervision, GainConfig.DEFAULT, config, CLASSES);
        LossReport report = Scope.recorded(() -> criterion.backward(
                model.forward(Tensor.images(planes, 2, 3, INPUT.height(), INPUT.width())), objects(golden)));
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (Weight weight : model.weights().all()) {
            if (weight.role() != Weight.Role.STATISTIC) {
                gradients.put(
                        weight.name(),
                        weight.within(model.weights().gradients()).toArray());
            }
        }
        return new Step(report, gradients);
    }

    private static List<List<Annotation>> objects(Golden golden) {
        List<List<Annotation>> objects = new ArrayList<>();
        for (JsonNode image : golden.at("/truth")) {
            List<Annotation> own = new ArrayList<>();
            for (int i = 0; i < image.path("labels").size(); i++) {
                JsonNode box = image.path("boxes").path(i);
                own.add(Annotation.of(
                        new Box(
                                box.path(0).asDouble(),
                                box.path(1).asDouble(),
                                box.path(2).asDouble(),
                                box.path(3).asDouble()),
                        image.path("labels").path(i).asInt()));
            }
            objects.add(own);
        }
        return objects;
    }

    private static void assertSame(Golden golden, Step step, Map<String, String> components, double slope) {
        components.forEach((ours, theirs) -> {
            double expected = golden.at("/losses/" + theirs).asDouble();
            assertThat(step.report.values().get(ours)).as(ours).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
        });
        golden.at("/gradients").properties().forEach(entry -> {
            float[] actual = step.gradients.get(entry.getKey());
            assertThat(actual).as(entry.getKey()).isNotNull();
            assertThat(Samples.of(entry.getValue()).difference(actual, slope))
                    .as(entry.getKey())
                    .isEmpty();
        });
    }

    private static final Map<String, String> RETINANET =
            Map.of("classification", "classification", "box", "bbox_regression");

    @Test
    void retinanetIsTorchvisions() {
        Golden golden = Golden.read("retinanet");
        ModelConfig config = retinanet(new Norm.None(), CoarserLevels.P6_P7_FROM_P5);
        assertSame(golden, step(golden, config, supervision(0.5, "l1", Division.PER_IMAGE, 1)), RETINANET, 1e-3);
    }

    /** Its group normalisation and GIoU in float32 leave single elements of a gradient 1.2e-3 apart. */
    @Test
    void itsSecondVersionIsTorchvisions() {
        Golden golden = Golden.read("retinanet_v2");
        ModelConfig config = retinanet(Norm.Group.OF_32, CoarserLevels.P6_P7_FROM_C5);
        assertSame(golden, step(golden, config, supervision(0.5, "giou", Division.PER_IMAGE, 1)), RETINANET, 2e-3);
    }

    @Test
    void fcosIsTorchvisions() {
        Golden golden = Golden.read("fcos");
        FcosConfig usual = FcosConfig.DEFAULT;
        FcosConfig config = new FcosConfig(
                INPUT,
                Pixels.IMAGENET,
                usual.precision(),
                usual.backbone(),
                256,
                usual.coarser(),
                usual.tower(),
                usual.headNorm());
        assertSame(
                golden,
                step(golden, config, fcos()),
                Map.of("classification", "classification", "box", "bbox_regression", "centerness", "bbox_ctrness"),
                1e-3);
    }

    @Test
    void theDivisorOfDetectron2IsItsMovingAverage() {
        Golden golden = Golden.read("retinanet");
        ModelConfig config = retinanet(new Norm.None(), CoarserLevels.P6_P7_FROM_P5);
        Map<String, LossComponent> losses = new LinkedHashMap<>();
        losses.put("classification", loss("focal", Map.of(), 1, Division.MOVING_AVERAGE));
        losses.put("box", loss("smooth_l1", Map.of("beta", 0.1), 1, Division.MOVING_AVERAGE));
        Step step = step(
                golden,
                config,
                Map.of("dense", new Supervision(new AssignerConfig.MaxIou(0.5, 0.4, true), null, losses)));
        double expected = golden.at("/detectron2/steps/0/loss_cls").asDouble();
        assertThat(step.report.values().get("classification")).isCloseTo(expected, within(1e-4 * expected));
        expected = golden.at("/detectron2/steps/0/loss_box_reg").asDouble();
        assertThat(step.report.values().get("box")).isCloseTo(expected, within(1e-4 * expected));
    }

    /** What the comparison is there to catch. */
    @Test
    void aWrongDivisorMatcherOrWeightIsCaught() {
        Golden golden = Golden.read("retinanet");
        ModelConfig config = retinanet(new Norm.None(), CoarserLevels.P6_P7_FROM_P5);
        List<Map<String, Supervision>> wrong = List.of(
                supervision(0.5, "l1", Division.POSITIVES, 1),
                supervision(0.6, "l1", Division.PER_IMAGE, 1),
                supervision(0.5, "smooth_l1", Division.PER_IMAGE, 1));
        double classification = golden.at("/losses/classification").asDouble();
        double box = golden.at("/losses/bbox_regression").asDouble();
        for (Map<String, Supervision> each : wrong) {
            Map<String, Double> values = step(golden, config, each).report.values();
            double off = Math.max(
                    Math.abs(values.get("classification") / classification - 1), Math.abs(values.get("box") / box - 1));
            assertThat(off).isGreaterThan(1e-3);
        }
    }
}
