package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.published.PublishedWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A model takes its measures from the names and shapes of published weights. */
class MeasuresTest {
    @ParameterizedTest
    @CsvSource({
        "retinanet, retinanet, 91",
        "retinanet_v2, retinanet, 91",
        "fcos, fcos, 91",
        "faster_rcnn, faster_rcnn, 90"
    })
    void torchvisionsWeightsFitThePresetWithoutFurtherKeys(String network, String model, int classes) {
        InMemory weights = InMemory.of(Names.of(network));
        RunConfig config =
                PublishedWeights.measured(Models.preset(model), weights).value();
        WeightReport report = PublishedWeights.compare(weights, config, classes);
        assertThat(report.fits()).as(report.table(false)).isTrue();
        assertThat(report.of(Fate.Kind.LOADED)).hasSameSizeAs(report.fates());
    }

    @Test
    void aResNet50IsRecognizedBesideATowerOfAnySize() {
        Map<String, Object> measures = Models.preset("retinanet")
                .value()
                .model()
                .measures(TensorShapes.of(InMemory.of(Names.of("retinanet_v2"))));
        assertThat(measures)
                .containsEntry("backbone.residual", "bottleneck")
                .containsEntry("backbone.depths", List.of(3, 4, 6, 3))
                .containsEntry("backbone.width", 64)
                .containsEntry("coarser", "p6_p7_from_c5")
                .containsEntry("headNorm.kind", "group");
    }

    @ParameterizedTest
    @CsvSource({"retinanet, 0.0", "faster_rcnn, 0.0", "fcos, 1.0E-5"})
    void torchvisionsFirstCocoWeightsOfTwoDetectorsDoWithoutEpsilon(String model, double epsilon) {
        RunConfig resNet50 = Models.preset(model)
                .with("model.backbone.residual", "bottleneck", "test")
                .with("model.backbone.depths", List.of(3, 4, 6, 3), "test")
                .value();
        Map<String, List<Long>> published = shapes(resNet50, model.equals("faster_rcnn") ? 90 : 91);
        assertThat(epsilon(model, published)).isEqualTo(epsilon);
        Map<String, List<Long>> unfrozen = new LinkedHashMap<>(published);
        unfrozen.put("backbone.body.bn1.num_batches_tracked", List.of());
        assertThat(epsilon(model, unfrozen)).isEqualTo(1e-5);
    }

    private static double epsilon(String model, Map<String, List<Long>> weights) {
        JsonNode epsilon = PublishedWeights.measured(Models.preset(model), InMemory.of(weights))
                .leaves()
                .get("model.backbone.norm.epsilon");
        return Objects.requireNonNull(epsilon).doubleValue();
    }

    /** Every measure of a NanoDet that differs from the preset's. */
    @Test
    void aNanoDetsMeasuresAreFoundAgain() {
        Configuration<RunConfig> other = Models.preset("nanodet")
                .with("model.backbone.width", 16, "test")
                .with("model.backbone.depths", List.of(1, 3, 1, 2), "test")
                .with("model.backbone.norm.kind", "none", "test")
                .with("model.neck.width", 48, "test")
                .with("model.neck.attention", List.of(8, 32), "test")
                .with("model.tower", 2, "test");
        InMemory weights = InMemory.of(shapes(other.value()));
        assertThat(PublishedWeights.measured(Models.preset("nanodet"), weights).value())
                .isEqualTo(other.value());
        InMemory wrapped = weights.renamed(name -> "model." + name);
        assertThat(PublishedWeights.measured(Models.preset("nanodet"), wrapped).value())
                .isEqualTo(other.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rt_detr", "rt_detr_file"})
    void huggingFacesWeightsFitThePresetByEitherNames(String names) {
        InMemory weights = InMemory.of(Names.of(names));
        RunConfig config =
                PublishedWeights.measured(Models.preset("rt_detr"), weights).value();
        WeightReport report = PublishedWeights.compare(weights, config, 80);
        assertThat(report.fits()).as(report.table(false)).isTrue();
        assertThat(report.of(Fate.Kind.LOADED)).as(report.table(false)).hasSameSizeAs(report.fates());
    }

    /** Every measure of an RT-DETR that its weights show. */
    @Test
    void anRtDetrsMeasuresAreFoundAgain() {
        Configuration<RunConfig> other = Models.preset("rt_detr")
                .with("model.backbone.layer", "bottleneck", "test")
                .with("model.backbone.stem", 16, "test")
                .with("model.backbone.widths", List.of(16, 24, 32, 48), "test")
                .with("model.backbone.depths", List.of(1, 2, 1, 3), "test")
                .with("model.encoder.width", 32, "test")
                .with("model.encoder.layers", 2, "test")
                .with("model.encoder.feedForward", 40, "test")
                .with("model.encoder.expansion", 0.5, "test")
                .with("model.decoder.width", 48, "test")
                .with("model.decoder.layers", 3, "test")
                .with("model.decoder.feedForward", 56, "test")
                .with("model.decoder.points", 2, "test");
        assertThat(PublishedWeights.measured(Models.preset("rt_detr"), InMemory.of(shapes(other.value())))
                        .value())
                .isEqualTo(other.value());
    }

    /** Every measure of a YOLOX that differs from the preset's. */
    @Test
    void aYoloxsMeasuresAreFoundAgain() {
        Configuration<RunConfig> other = Models.preset("yolox")
                .with("model.width", 24, "test")
                .with("model.depth", 2, "test")
                .with("model.head", 96, "test")
                .with("model.norm.kind", "none", "test");
        assertThat(PublishedWeights.measured(Models.preset("yolox"), InMemory.of(shapes(other.value())))
                        .value())
                .isEqualTo(other.value());
    }

    private static Map<String, List<Long>> shapes(RunConfig config) {
        return shapes(config, 80);
    }

    private static Map<String, List<Long>> shapes(RunConfig config, int classes) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        PublishedWeights.compare(InMemory.of(Map.of("a", List.of(1L))), config, classes)
                .fates()
                .forEach(fate -> shapes.put(fate.name(), fate.shape()));
        return shapes;
    }

    @Test
    void otherWeightsLeaveTheMeasuresAsTheyAre() {
        Models.PRESETS.forEach(preset -> assertThat(
                        PublishedWeights.measured(Models.preset(preset), InMemory.of(Map.of("a.weight", List.of(2L))))
                                .value())
                .isEqualTo(Models.preset(preset).value()));
    }
}
