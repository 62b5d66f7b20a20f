package dev.parfocal.training.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenModel;
import dev.parfocal.training.golden.Samples;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The preset's losses on a small YOLOX against those that {@code src/test/python/yolox.py} writes after the paper: values
 * within 1e-4, gradients within 1e-3, with the L1 loss of the last epochs of a published training.
 */
class YoloxTest {
    private static final int CLASSES = 3;
    private static final double[] HALVES = {0.5, 0.5, 0.5};
    private static final double[] QUARTERS = {0.25, 0.25, 0.25};
    private static final YoloxConfig CONFIG = new YoloxConfig(
            new InputSize(128, 96),
            Pixels.PLAIN,
            Precision.FLOAT32,
            8,
            1,
            new YoloxConfig.Neck(List.of()),
            16,
            new Norm.Batch(1e-3, 0.03));

    private static Golden golden;

    @BeforeAll
    static void start() {
        Engine.start(2);
        golden = Golden.read("yolox_step");
    }

    private static DetectorModel model() {
        DetectorModel model = new DetectorModel(CONFIG, Start.of(CLASSES, Map.of()), 1);
        GoldenModel.fill(model.weights(), golden);
        model.training(false);
        return model;
    }

    private static List<List<Annotation>> objects() {
        List<List<Annotation>> objects = new ArrayList<>();
        for (JsonNode image : golden.at("/truth")) {
            List<Annotation> own = new ArrayList<>();
            for (int i = 0; i < image.path("labels").size(); i++) {
                JsonNode b = image.path("boxes").path(i);
                Box box = new Box(
                        b.path(0).asDouble(),
                        b.path(1).asDouble(),
                        b.path(2).asDouble(),
                        b.path(3).asDouble());
                own.add(Annotation.of(box, image.path("labels").path(i).asInt()));
            }
            objects.add(own);
        }
        return objects;
    }

    private static LossReport backward(DetectorModel model, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "loss.dense.coordinates.loss", "l1",
                "loss.dense.coordinates.divide", "positives",
                "loss.dense.coordinates.weighting", "equal"));
        all.putAll(changes);
        RunConfig config = Models.preset("yolox").withTexts(all, "test").value();
        Criterion criterion = new Criterion(config.supervision(), config.loss().gain(), CONFIG, CLASSES);
        // Recorded images are levels in [0, 1]; views are drawn with mean 0.5 and deviation 0.25.
        Tensor images = GoldenModel.images(golden, HALVES, QUARTERS);
        return Scope.recorded(() -> criterion.backward(model.forward(images), objects()));
    }

    /** The largest relative difference of a loss. */
    private static double off(LossReport report) {
        Map<String, Double> differences = new HashMap<>();
        golden.at("/losses").properties().forEach(entry -> {
            Double actual = report.values().get(entry.getKey());
            assertThat(actual).as(entry.getKey()).isNotNull();
            differences.put(entry.getKey(), Math.abs(actual / entry.getValue().asDouble() - 1));
        });
        return differences.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    @Test
    void lossesAndGradientsAreThePapers() {
        DetectorModel model = model();
        LossReport report = backward(model, Map.of());
        assertThat(report.positives()).isEqualTo(owners());
        assertThat(off(report)).isCloseTo(0, within(1e-4));
        golden.at("/gradients")
                .properties()
                .forEach(entry ->
                        GoldenModel.gradientIs(model.weights(), entry.getKey(), Samples.of(entry.getValue()), 1e-3));
    }

    private static long owners() {
        long owners = 0;
        for (JsonNode image : golden.at("/owners")) {
            owners += image.size();
        }
        return owners;
    }

    /** What the comparison is there to catch. */
    @Test
    void aWrongDivisorAssignerOrTargetIsCaught() {
        List<Map<String, String>> wrong = List.of(
                Map.of("loss.dense.box.divide", "objects"),
                Map.of("loss.dense.assigner.radius", "0.6"),
                Map.of("loss.dense.assigner.candidates", "1"),
                Map.of("loss.dense.classification.target", "hard"),
                Map.of("loss.dense.objectness.target", "quality"),
                Map.of("loss.dense.box.loss", "iou"));
        for (Map<String, String> each : wrong) {
            assertThat(off(backward(model(), each))).as(each.toString()).isGreaterThan(1e-3);
        }
    }
}
