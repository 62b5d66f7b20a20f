package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.Fate.Kind;
import dev.parfocal.training.weights.WeightMatch.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMatchTest {
    private static final double EPSILON = 1e-5;

    private static WeightMatch match(InMemory source, String model, Map<String, List<Long>> shapes) {
        return new WeightMatch(source, new Target(model, shapes, 3, EPSILON));
    }

    private static WeightReport report(InMemory source, String model, Map<String, List<Long>> shapes) {
        return match(source, model, shapes).report();
    }

    private static float[] filled(WeightMatch match, String name, int elements) {
        float[] values = new float[elements];
        match.fill(name, values);
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"retinanet", "retinanet_v2", "fcos", "faster_rcnn", "rt_detr"})
    void loadsAllOfTheSameArchitecture(String network) {
        Map<String, List<Long>> model = Names.model(network);
        WeightMatch match = match(InMemory.of(Names.of(network)), network, model);
        WeightReport report = match.report();
        assertThat(report.of(Kind.LOADED)).hasSameSizeAs(model.keySet());
        assertThat(report.fits()).isTrue();
        String any = model.keySet().iterator().next();
        assertThat(filled(
                        match,
                        any,
                        report.fates().get(0).shape().stream()
                                .mapToInt(Long::intValue)
                                .reduce(1, (a, b) -> a * b)))
                .isEqualTo(InMemory.of(Names.of(network)).read(any));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "model.", "avg_model.", "module.model.", "_orig_mod."})
    void stripsThePrefixesOfWrappers(String prefix) {
        InMemory source = InMemory.of(Names.of("faster_rcnn")).renamed(name -> prefix + name);
        assertThat(report(source, "faster_rcnn", Names.model("faster_rcnn")).fits())
                .isTrue();
        InMemory twice = InMemory.of(Names.of("rt_detr")).renamed(name -> prefix + name);
        assertThat(report(twice, "rt_detr", Names.model("rt_detr")).fits()).isTrue();
    }

    @Test
    void prefersAveragedWeightsOfTwoCopies() {
        Map<String, List<Long>> model = Map.of("head.weight", List.of(2L));
        InMemory source = InMemory.of(Map.of()).with("model.head.weight", 1, 2).with("avg_model.head.weight", 3, 4);
        WeightMatch match = match(source, "dense", model);
        assertThat(filled(match, "head.weight", 2)).containsExactly(3, 4);
        assertThat(match.report().leftOver()).isEmpty();
        assertThat(match.report().unused()).containsExactly("model.head.weight");
    }

    static String oldName(String name) {
        return name.replaceAll("(fpn\\.\\w+_blocks\\.\\d)\\.0\\.", "$1.")
                .replace("rpn.head.conv.0.0.", "rpn.head.conv.")
                .replaceAll("_head\\.conv\\.0\\.0\\.", "_head.conv.0.")
                .replaceAll("_head\\.conv\\.1\\.0\\.", "_head.conv.2.")
                .replaceAll("_head\\.conv\\.2\\.0\\.", "_head.conv.4.")
                .replaceAll("_head\\.conv\\.3\\.0\\.", "_head.conv.6.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retinanet", "faster_rcnn"})
    void readsTorchvisionsOldNames(String network) {
        InMemory source = InMemory.of(Names.of(network)).renamed(WeightMatchTest::oldName);
        assertThat(source.tensors()).doesNotContainKey("backbone.fpn.inner_blocks.0.0.weight");
        assertThat(report(source, network, Names.model(network)).fits()).isTrue();
        Map<String, List<Long>> old = new LinkedHashMap<>();
        Names.model(network).forEach((name, shape) -> old.put(oldName(name), shape));
        assertThat(report(InMemory.of(Names.of(network)), network, old).fits()).isTrue();
    }

    @Test
    void readsTheNamesInHuggingFacesFiles() {
        InMemory file = InMemory.of(Names.of("rt_detr_file"));
        assertThat(file.tensors().keySet()).isNotEqualTo(Names.of("rt_detr").keySet());
        assertThat(report(file, "rt_detr", Names.model("rt_detr")).fits()).isTrue();
        assertThat(report(InMemory.of(Names.of("rt_detr")), "rt_detr", Names.model("rt_detr_file"))
                        .fits())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "retinanet, cls_logits, 2",
        "fcos, cls_logits, 2",
        "faster_rcnn, box_predictor, 4",
        "rt_detr, class_embed|enc_score_head|denoising_class_embed, 7"
    })
    void startsTheHeadsAnewForOtherClasses(String network, String heads, int count) {
        Map<String, List<Long>> model = Names.model(network);
        model.replaceAll((name, shape) -> name.matches(".*(" + heads + ").*") ? otherRows(shape) : shape);
        WeightReport report = report(InMemory.of(Names.of(network)), network, model);
        assertThat(report.of(Kind.ANEW)).hasSize(count);
        assertThat(report.fits()).isTrue();
    }

    private static List<Long> otherRows(List<Long> shape) {
        return Stream.concat(Stream.of(12L), shape.stream().skip(1)).toList();
    }

    @Test
    void keepsTheSidesOfNanoDetsHeadsForOtherClasses() {
        InMemory source = InMemory.of(Map.of("head.gfl_cls.0.weight", List.of(6L, 2L, 1L, 1L)));
        WeightMatch match = match(source, "nanodet", Map.of("head.gfl_cls.0.weight", List.of(7L, 2L, 1L, 1L)));
        assertThat(match.report().of(Kind.PARTLY)).hasSize(1);
        float[] values = new float[14];
        Arrays.fill(values, -1);
        match.fill("head.gfl_cls.0.weight", values);
        float[] stored = source.read("head.gfl_cls.0.weight");
        for (int i = 0; i < 14; i++) {
            assertThat(values[i]).isEqualTo(i < 6 ? -1 : stored[i - 2]);
        }
    }

    @Test
    void startsThePartsAnewThatAClassifierLacks() {
        WeightReport report = report(InMemory.of(Names.of("resnet18")), "retinanet", Names.model("retinanet"));
        assertThat(report.fits()).isTrue();
        assertThat(report.of(Kind.LOADED)).allMatch(f -> f.name().startsWith("backbone.body."));
        assertThat(report.of(Kind.ANEW))
                .noneMatch(f -> f.name().startsWith("backbone.body."))
                .isNotEmpty();
        assertThat(report.unused()).contains("fc.weight", "bn1.num_batches_tracked");
    }

    @Test
    void refusesAPartThatIsHalfThere() {
        InMemory source = InMemory.of(Names.of("retinanet"));
        source.tensors().remove("backbone.body.layer3.0.conv2.weight");
        WeightReport report = report(source, "retinanet", Names.model("retinanet"));
        assertThat(report.of(Kind.MISSING))
                .extracting(Fate::name)
                .containsExactly("backbone.body.layer3.0.conv2.weight");
        assertThatThrownBy(report::requireFit)
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("1 missing (backbone.body.layer3.0.conv2.weight)");
    }

    @ParameterizedTest
    @CsvSource({
        "fcos, retinanet, It looks like torchvision's FCOS; use --model fcos",
        "retinanet, faster_rcnn, It looks like torchvision's RetinaNet; use --model retinanet",
        "faster_rcnn, rt_detr, It looks like torchvision's Faster R-CNN; use --model faster_rcnn",
        "rt_detr_file, retinanet, no tensor has the name and shape",
        "rt_detr_file, fcos, It looks like Hugging Face's RT-DETR; use --model rt_detr",
        "retinanet_v2, retinanet, of another shape",
    })
    void refusesAnotherArchitecture(String file, String model, String message) {
        WeightReport report = report(InMemory.of(Names.of(file)), model, Names.model(model));
        assertThat(report.fits()).isFalse();
        assertThatThrownBy(report::requireFit)
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(message);
    }

    @Test
    void foldsBatchNormalisationIntoAConvolution() {
        InMemory source = InMemory.of(Map.of("stem.conv.weight", List.of(2L, 1L, 1L, 2L)))
                .with("stem.bn.weight", 2, 3)
                .with("stem.bn.bias", 1, -1)
                .with("stem.bn.running_mean", 0.5f, 4)
                .with("stem.bn.running_var", 4, 0.25f);
        Map<String, List<Long>> model = new LinkedHashMap<>();
        model.put("stem.conv.weight", List.of(2L, 1L, 1L, 2L));
        model.put("stem.conv.bias", List.of(2L));
        WeightMatch match = new WeightMatch(source, new Target("nanodet", model, 3, 0));
        assertThat(match.report().fits()).isTrue();
        float[] kernel = source.read("stem.conv.weight");
        assertThat(filled(match, "stem.conv.weight", 4))
                .containsExactly(kernel[0], kernel[1], kernel[2] * 6, kernel[3] * 6);
        assertThat(filled(match, "stem.conv.bias", 2)).containsExactly(0.5f, -25);
    }

    @Test
    void givesANormalisationTheBiasIntoWhichItWasFolded() {
        InMemory source =
                InMemory.of(Map.of("stem.conv.weight", List.of(2L, 1L, 1L, 2L))).with("stem.conv.bias", 5, 6);
        Map<String, List<Long>> model = new LinkedHashMap<>();
        model.put("stem.conv.weight", List.of(2L, 1L, 1L, 2L));
        FoldedNorm.TENSORS.forEach(t -> model.put("stem.bn." + t, List.of(2L)));
        WeightMatch match = match(source, "nanodet", model);
        assertThat(match.report().fits()).isTrue();
        double variance = filled(match, "stem.bn.running_var", 2)[1];
        float mean = filled(match, "stem.bn.running_mean", 2)[1];
        float scale = filled(match, "stem.bn.weight", 2)[1];
        float shift = filled(match, "stem.bn.bias", 2)[1];
        assertThat((7 - mean) / Math.sqrt(variance + EPSILON) * scale + shift).isCloseTo(7 + 6, within(1e-6));
    }

    @Test
    void namesTheWeightThatIsNotFinite() {
        InMemory source = InMemory.of(Map.of()).with("head.weight", 1, Float.NaN);
        WeightMatch match = match(source, "dense", Map.of("head.weight", List.of(2L)));
        assertThatThrownBy(() -> match.fill("head.weight", new float[2]))
                .hasMessageContaining("element 1 of tensor head.weight is NaN");
    }

    @Test
    void showsCountsAndNames() {
        InMemory source = InMemory.of(Names.of("fcos"));
        WeightReport report = report(source, "retinanet", Names.model("retinanet"));
        assertThat(report.table(false))
                .startsWith("weights from memory (torchvision's FCOS)\n")
                .containsPattern("left over +\\d+\n")
                .contains("backbone.body.", " more\n");
        assertThat(report.table(true))
                .contains("backbone.body.conv1.weight [64, 3, 7, 7]\n")
                .doesNotContain(" more\n");
        UnaryOperator<String> evil = name -> name.replace("head.", "\u001b[31m");
        WeightReport coloured = report(source.renamed(evil), "fcos", Names.model("fcos"));
        assertThatCode(() -> coloured.table(true)).doesNotThrowAnyException();
        assertThat(coloured.table(true)).doesNotContain("\u001b");
    }
}
