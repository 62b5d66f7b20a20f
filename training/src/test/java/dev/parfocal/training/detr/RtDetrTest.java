package dev.parfocal.training.detr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossComponent.Division;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.criterion.LossComponent.Weighting;
import dev.parfocal.training.criterion.LossReport;
import dev.parfocal.training.criterion.StepSettings;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenModel;
import dev.parfocal.training.golden.Samples;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.record.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Against Hugging Face's {@code RTDetrForObjectDetection} with the same weights, images and objects, whose values {@code
 * src/test/python/rt_detr.py} has recorded: outputs and losses within 1e-4, gradients within 1e-3.
 */
class RtDetrTest {
    private static final int CLASSES = 3;
    /** Images as views are drawn. */
    private static final double[] HALVES = {0.5, 0.5, 0.5};

    private static final double[] QUARTERS = {0.25, 0.25, 0.25};
    private static final RtDetrConfig CONFIG = config(null);

    private static Golden golden;

    @BeforeAll
    static void start() {
        Engine.start(2);
        golden = Golden.read("rt_detr");
    }

    private static RtDetrConfig config(RtDetrConfig.@Nullable Denoising denoising) {
        RtDetrConfig usual = RtDetrConfig.DEFAULT;
        return new RtDetrConfig(
                new InputSize(160, 128),
                usual.pixels(),
                usual.precision(),
                usual.backbone(),
                usual.encoder(),
                usual.decoder(),
                denoising);
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

    private static void assertSame(String pointer, Tensor actual) {
        Samples expected = golden.samples(pointer);
        assertThat(expected.difference(actual.contiguous().toArray(), 1e-4))
                .as(pointer)
                .isEmpty();
    }

    @Test
    void outputsAreTheReferences() {
        DetectorModel model = model();
        Scope.unrecorded(() -> {
            Prediction prediction = model.forward(GoldenModel.images(golden, HALVES, QUARTERS));
            for (int i = 0; i < 3; i++) {
                assertSame("/pyramid/" + i, prediction.shared().features().get(i));
            }
            assertSame("/encoder/logits", prediction.output("encoder").logits());
            assertSame("/encoder/boxes", prediction.output("encoder").boxes().sigmoid());
            for (int i = 0; i < 2; i++) {
                assertSame(
                        "/decoder/" + i + "/logits",
                        prediction.output("decoder" + i).logits());
                assertSame(
                        "/decoder/" + i + "/boxes",
                        prediction.output("decoder" + i).boxes().sigmoid());
            }
        });
    }

    private static LossComponent loss(String name, double weight, Division division) {
        return new LossComponent(name, Map.of(), weight, Target.QUALITY, division, Weighting.EQUAL);
    }

    private static Map<String, Supervision> supervision(Division division, double boxWeight, AssignerConfig assigner) {
        Map<String, LossComponent> losses = new LinkedHashMap<>();
        losses.put("classification", loss("varifocal_detached", 1, division));
        losses.put("box", loss("giou", boxWeight, division));
        losses.put("coordinates", loss("l1", 5, division));
        Supervision each = new Supervision(assigner, null, losses);
        return Map.of("encoder", each, "decoder*", each);
    }

    private static AssignerConfig hungarian(double distance) {
        AssignerConfig.Hungarian usual = (AssignerConfig.Hungarian) AssignerConfig.KINDS.stream()
                .filter(kind -> kind.kind().equals("hungarian"))
                .findFirst()
                .orElseThrow();
        return new AssignerConfig.Hungarian(usual.classification(), distance, usual.box());
    }

    private static LossReport backward(DetectorModel model, Map<String, Supervision> supervision) {
        Criterion criterion = new Criterion(supervision, GainConfig.DEFAULT, CONFIG, CLASSES);
        return Scope.recorded(
                () -> criterion.backward(model.forward(GoldenModel.images(golden, HALVES, QUARTERS)), objects()));
    }

    /** The largest relative difference of a loss. */
    private static double off(LossReport report) {
        Map<String, String> slots = Map.of("classification", "vfl", "box", "giou", "coordinates", "bbox");
        Map<String, String> outputs = Map.of("decoder1", "", "decoder0", "_aux_0", "encoder", "_aux_1");
        Map<String, Double> weighted = report.weighted();
        double most = 0;
        for (String output : outputs.keySet()) {
            for (String slot : slots.keySet()) {
                double expected = golden.at("/losses/loss_" + slots.get(slot) + outputs.get(output))
                        .asDouble();
                Double actual = weighted.get(output + "." + slot);
                assertThat(actual).as(output + "." + slot).isNotNull();
                most = Math.max(most, Math.abs(actual / expected - 1));
            }
        }
        return most;
    }

    @Test
    void lossesAndGradientsAreTheReferences() {
        DetectorModel model = model();
        LossReport report = backward(model, supervision(Division.OBJECTS, 2, hungarian(5)));
        assertThat(off(report)).isCloseTo(0, within(1e-4));
        golden.at("/gradients")
                .properties()
                .forEach(entry ->
                        GoldenModel.gradientIs(model.weights(), entry.getKey(), Samples.of(entry.getValue()), 1e-3));
    }

    /** What the comparison is there to catch. */
    @Test
    void aWrongDivisorWeightOrMatcherIsCaught() {
        List<Map<String, Supervision>> wrong = List.of(
                supervision(Division.PER_IMAGE, 2, hungarian(5)),
                supervision(Division.OBJECTS, 1, hungarian(5)),
                supervision(Division.OBJECTS, 2, hungarian(0.01)));
        for (Map<String, Supervision> each : wrong) {
            assertThat(off(backward(model(), each))).isGreaterThan(1e-3);
        }
    }

    /** Without noise the queries are the objects themselves: groups, masks, divisors and the classes' embeddings show. */
    @Test
    void denoisingIsTheReferences() {
        Golden with = Golden.read("rt_detr_denoising");
        RtDetrConfig config = config(new RtDetrConfig.Denoising(30, 0, 0));
        DetectorModel model = new DetectorModel(config, Start.of(CLASSES, Map.of()), 1);
        GoldenModel.fill(model.weights(), with);
        model.training(false);
        RunConfig preset = Models.preset("rt_detr").value();
        Criterion criterion = new Criterion(preset.supervision(), GainConfig.DEFAULT, config, CLASSES);
        LossReport report = Scope.recorded(() -> criterion.backward(
                model.forward(GoldenModel.images(with, HALVES, QUARTERS), Truth.of(objects(), 1)), objects()));
        Map<String, Double> weighted = report.weighted();
        for (int layer = 0; layer < 2; layer++) {
            String output = "denoising" + layer + ".";
            assertSame(with, "vfl_dn_" + layer, weighted.get(output + "classification"));
            assertSame(with, "giou_dn_" + layer, weighted.get(output + "box"));
            assertSame(with, "bbox_dn_" + layer, weighted.get(output + "coordinates"));
        }
        assertSame(with, "vfl", weighted.get("decoder1.classification"));
        with.at("/gradients")
                .properties()
                .forEach(entry ->
                        GoldenModel.gradientIs(model.weights(), entry.getKey(), Samples.of(entry.getValue()), 1e-3));
    }

    private static void assertSame(Golden with, String loss, @Nullable Double actual) {
        double expected = with.at("/losses/loss_" + loss).asDouble();
        assertThat(actual).as(loss).isCloseTo(expected, within(1e-4 * expected));
    }

    /** A batch without objects has no denoising queries, and nothing else is different. */
    @Test
    void aBatchWithoutObjectsHasNoDenoising() {
        RtDetrConfig config = config(new RtDetrConfig.Denoising(30, 0.5, 1));
        DetectorModel model = new DetectorModel(config, Start.of(CLASSES, Map.of()), 1);
        RunConfig preset =
                Models.preset("rt_detr").with("balance.kind", "cagrad", "test").value();
        Criterion criterion =
                new Criterion(preset.supervision(), GainConfig.DEFAULT, config, CLASSES, List.of(), preset.balance());
        List<List<Annotation>> nothing = List.of(List.of(), List.of());
        LossReport report = Scope.recorded(() -> criterion.backward(
                model.forward(GoldenModel.images(golden, HALVES, QUARTERS), Truth.of(nothing, 1)), nothing));
        assertThat(report.values()).containsKeys("encoder.classification", "decoder1.box");
        assertThat(report.values().keySet()).noneMatch(name -> name.startsWith("denoising"));
        assertThat(report.total()).isFinite();
        assertThat(model.weights().gradients().isFinite()).isTrue();
    }

    /** Every component's gradient at every place that it passes; a layer's boxes start anew from those of the layer before. */
    @Test
    void signalsPassEveryPlace() {
        DetectorModel model = model();
        RunConfig preset = Models.preset("rt_detr")
                .withTexts(Map.of("model.denoising", "null", "loss.denoising*", "null"), "test")
                .value();
        Criterion criterion = new Criterion(preset.supervision(), GainConfig.DEFAULT, CONFIG, CLASSES);
        Signals signals = Scope.recorded(() -> criterion.signals(
                model.forward(GoldenModel.images(golden, HALVES, QUARTERS)), objects(), StepSettings.NONE));
        Map<String, Map<String, Double>> gradients = signals.gradients();
        assertThat(gradients)
                .containsKeys(
                        "backbone.stride8", "attention.stride32", "pyramid.stride16", "queries", "decoder.layer0");
        assertThat(gradients.get("decoder.layer1"))
                .containsOnlyKeys("decoder1.classification", "decoder1.box", "decoder1.coordinates");
        assertThat(gradients.get("decoder.layer0")).containsKeys("decoder0.box", "decoder1.classification");
        assertThat(gradients.get("queries"))
                .containsOnlyKeys("encoder.classification", "encoder.box", "encoder.coordinates");
        assertThat(gradients.get("pyramid.stride16")).hasSize(9);
    }
}
