package dev.parfocal.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    static List<String> presets() {
        return Models.PRESETS;
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsAWholeConfigurationThatReadsBackEqual(String name) {
        RunConfig config = Models.preset(name).value();
        assertThat(RunConfig.parse(config.toYaml(), name)).isEqualTo(config);
        assertThat(config.model().kind()).isEqualTo(name);
        assertThat(Models.about(name, "after")).isNotBlank();
        assertThat(Models.about(name, "weights")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetsLossesFitItsOutputs(String name) {
        RunConfig config = Models.preset(name).value();
        Map<String, Double> priors = Criterion.priors(config.supervision(), config.model());
        DetectorModel model = new DetectorModel(config.model(), Start.of(80, priors), 1);
        new Criterion(config.supervision(), config.loss().gain(), config.model(), 80);
        assertThat(Models.about(name, "parameters"))
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "%.1f million, with 80 classes",
                        model.weights().parameters() / 1e6));
        boolean samples = config.supervision().values().stream().anyMatch(output -> output.sampler() != null);
        assertThat(priors).hasSize(samples ? 0 : config.model().outputs().size());
        assertThat(priors.values()).allMatch(prior -> prior == 0.01);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyDemoIsItsPresetOnASmallerScale(String name) {
        RunConfig config = Models.demo(name).value();
        RunConfig preset = Models.preset(name).value();
        DetectorModel model = new DetectorModel(
                config.model(), Start.of(6, Criterion.priors(config.supervision(), config.model())), 1);
        assertThat(model.weights().parameters()).isBetween(100_000L, 3_000_000L);
        assertThat(config.losses().keySet()).isEqualTo(preset.losses().keySet());
        assertThat(config.model().input().width())
                .isLessThanOrEqualTo(preset.model().input().width());
        assertThat(RunConfig.parse(config.toYaml(), name)).isEqualTo(config);
    }

    @Test
    void aPresetHasItsOwnLossesAndNoOthers() {
        RunConfig fcos = Models.preset("fcos").value();
        assertThat(fcos.loss().outputs().get("dense").losses().keySet())
                .containsExactly("classification", "box", "centerness");
    }

    @Test
    void anotherLossGoesIntoASlotByItsPath() {
        RunConfig config = Models.preset("fcos")
                .withTexts(Map.of("loss.dense.box.loss", "ciou", "loss.classification.set.gamma", "1.5"), "--with")
                .value();
        assertThat(config.losses().get("box").name()).isEqualTo("ciou");
        assertThat(config.classification().set()).containsEntry("gamma", 1.5);
    }

    @Test
    void lossesOfClassesAndBoxesStandInEverySlotThatSharesTheResultsLoss() {
        RunConfig rtDetr = Models.preset("rt_detr").value();
        assertThat(rtDetr.loss().classificationSlots(rtDetr.model()))
                .containsExactly("encoder.classification", "decoder*.classification", "denoising*.classification");
        RunConfig fasterRcnn = Models.preset("faster_rcnn").value();
        assertThat(fasterRcnn.loss().classificationSlots(fasterRcnn.model())).containsExactly("roi.classification");
        assertThat(fasterRcnn.loss().boxSlots(fasterRcnn.model())).containsExactly("rpn.box", "roi.box");
        assertThat(rtDetr.loss().source("decoder*.box")).isEqualTo("giou");
        assertThat(rtDetr.loss().source("decoder7.box")).isNull();
    }

    @Test
    void saysWhatAModelOrAKindDoesNotHave() {
        assertThatThrownBy(() -> Models.preset("retinnet"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("there is no model 'retinnet'")
                .hasMessageContaining("retinanet");
        assertThatThrownBy(() -> Models.preset("fcos").withTexts(Map.of("loss.dense.assigner.topK", "3"), "--with"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("the kind centre_sampling has the keys radius");
        assertThatThrownBy(() -> Models.preset("fcos").withTexts(Map.of("loss.rpn.box.loss", "giou"), "--with"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("unknown key loss.rpn");
    }

    @Test
    void refusesAnAssignerThatTheOutputCannotUse() {
        assertThatThrownBy(() -> criterion("loss.decoder*.assigner.kind", "sim_ota"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.decoder*.assigner: sim_ota does not suit decoder0")
                .hasMessageContaining("queries belong to no map");
        assertThatThrownBy(() -> criterion("loss.denoising*.assigner.kind", "hungarian"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("settles what denoising0 learns");
        assertThatThrownBy(() -> criterion("loss.encoder.assigner.kind", "given"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("does not settle what encoder learns");
    }

    @Test
    void aKeyOfAnotherKindIsKnownWhereItsSectionIs() {
        Configuration<RunConfig> dense = Models.preset("dense");
        assertThat(dense.leaf("optimizer.momentum").orElseThrow().doubleValue()).isEqualTo(0.9);
        assertThat(dense.leaf("loss.dense.assigner.radius")).isPresent();
        assertThat(dense.leaf("optimizer.clip.norm").orElseThrow().doubleValue())
                .isEqualTo(10);
        assertThat(dense.leaf("optimizer.radius")).isEmpty();
        assertThat(dense.leaf("epochz")).isEmpty();
    }

    @Test
    void aLayersLossDiffersFromThatOfItsPattern() {
        RunConfig config = Models.preset("rt_detr")
                .withTexts(Map.of("loss.decoder1.box.loss", "diou"), "--with")
                .value();
        assertThat(config.losses().get("decoder1.box").name()).isEqualTo("diou");
        assertThat(config.losses().get("decoder0.box").name()).isEqualTo("giou");
        assertThat(config.losses().get("decoder1.coordinates").name()).isEqualTo("l1");
        assertThatThrownBy(() -> criterion("loss.decoder7.box.loss", "diou"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.decoder7: the model has no such output; it has encoder, denoising0");
        assertThatThrownBy(() -> criterion("loss.decoder*.coordinates.loss", "distribution_focal"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.decoder*.coordinates needs a loss of kind BOX or POINTWISE");
    }

    private static Criterion criterion(String key, String value) {
        RunConfig config =
                Models.preset("rt_detr").withTexts(Map.of(key, value), "--with").value();
        return new Criterion(config.supervision(), config.loss().gain(), config.model(), 2);
    }
}
