package dev.parfocal.training.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossComponent.Division;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.criterion.LossComponent.Weighting;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenDetector;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.neck.CoarserLevels;
import dev.parfocal.training.neck.NeckConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * torchvision's RetinaNet and FCOS on ResNet-18 and the same here, with the same weights, images and objects: losses within
 * 1e-4, gradients within 1e-3. The values were recorded by {@code src/test/python/retinanet.py} and {@code fcos.py}.
 */
class ParityTest {
    private static final int CLASSES = 3;
    private static final InputSize INPUT = new InputSize(128, 96);

    private static final Golden FIRST = Golden.read("retinanet");

    private static GoldenDetector first;

    @BeforeAll
    static void build() {
        Engine.start(2);
        first = detector(FIRST, retinanet(new Norm.None(), CoarserLevels.P6_P7_FROM_P5));
    }

    private static LossComponent loss(String name, Map<String, Double> set, double weight, Division division) {
        return new LossComponent(name, set, weight, Target.HARD, division, Weighting.EQUAL);
    }

    private static RetinaNetConfig retinanet(Norm norm, CoarserLevels coarser) {
        RetinaNetConfig usual = RetinaNetConfig.DEFAULT;
        return new RetinaNetConfig(
                INPUT, Pixels.IMAGENET, usual.precision(), usual.backbone(), NeckConfig.of(256), coarser, 4, norm, 4);
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
        return Map.of("dense", new Supervision(new AssignerConfig.CentreSampling(1.5, 4), null, losses));
    }

    private static GoldenDetector detector(Golden golden, ModelConfig config) {
        return new GoldenDetector(golden, config, CLASSES, 0);
    }

    private static final Map<String, String> RETINANET =
            Map.of("classification", "classification", "box", "bbox_regression");

    @Test
    void retinanetIsTorchvisions() {
        first.step(supervision(0.5, "l1", Division.PER_IMAGE, 1)).assertSame(FIRST, RETINANET, 1e-3);
    }

    /** Its group normalisation and GIoU in float32 leave single elements of a gradient 1.2e-3 apart. */
    @Test
    void itsSecondVersionIsTorchvisions() {
        Golden golden = Golden.read("retinanet_v2");
        ModelConfig config = retinanet(Norm.Group.OF_32, CoarserLevels.P6_P7_FROM_C5);
        detector(golden, config)
                .step(supervision(0.5, "giou", Division.PER_IMAGE, 1))
                .assertSame(golden, RETINANET, 2e-3);
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
                NeckConfig.of(256),
                usual.coarser(),
                usual.tower(),
                usual.headNorm());
        detector(golden, config)
                .step(fcos())
                .assertSame(
                        golden,
                        Map.of(
                                "classification",
                                "classification",
                                "box",
                                "bbox_regression",
                                "centerness",
                                "bbox_ctrness"),
                        1e-3);
    }

    @Test
    void theDivisorOfDetectron2IsItsMovingAverage() {
        Map<String, LossComponent> losses = new LinkedHashMap<>();
        losses.put("classification", loss("focal", Map.of(), 1, Division.MOVING_AVERAGE));
        losses.put("box", loss("smooth_l1", Map.of("beta", 0.1), 1, Division.MOVING_AVERAGE));
        Map<String, Double> values =
                first.losses(Map.of("dense", new Supervision(new AssignerConfig.MaxIou(0.5, 0.4, true), null, losses)));
        double expected = FIRST.at("/detectron2/steps/0/loss_cls").asDouble();
        assertThat(values.get("classification")).isCloseTo(expected, within(1e-4 * expected));
        expected = FIRST.at("/detectron2/steps/0/loss_box_reg").asDouble();
        assertThat(values.get("box")).isCloseTo(expected, within(1e-4 * expected));
    }

    /** What the comparison is there to catch. */
    @Test
    void aWrongDivisorMatcherOrWeightIsCaught() {
        List<Map<String, Supervision>> wrong = List.of(
                supervision(0.5, "l1", Division.POSITIVES, 1),
                supervision(0.6, "l1", Division.PER_IMAGE, 1),
                supervision(0.5, "smooth_l1", Division.PER_IMAGE, 1));
        double classification = FIRST.at("/losses/classification").asDouble();
        double box = FIRST.at("/losses/bbox_regression").asDouble();
        for (Map<String, Supervision> each : wrong) {
            Map<String, Double> values = first.losses(each);
            double off = Math.max(
                    Math.abs(values.get("classification") / classification - 1), Math.abs(values.get("box") / box - 1));
            assertThat(off).isGreaterThan(1e-3);
        }
    }
}
