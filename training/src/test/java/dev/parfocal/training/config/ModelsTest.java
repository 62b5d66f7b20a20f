package dev.parfocal.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"dense", "nanodet"})
    void everyPresetsLossesFitItsOutputs(String name) {
        RunConfig config = Models.preset(name).value();
        Map<String, Double> priors = Criterion.priors(config.supervision(), config.model());
        DetectorModel model = new DetectorModel(config.model(), Start.of(2, priors), 1);
        new Criterion(config.supervision(), config.loss().gain(), config.model(), 2);
        assertThat(model.weights().parameters()).isPositive();
        assertThat(priors).containsEntry("dense", 0.01);
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
}
