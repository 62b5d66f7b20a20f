package dev.parfocal.training.roi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenDetector;
import dev.parfocal.training.golden.Samples;
import dev.parfocal.training.model.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * torchvision's Faster R-CNN on ResNet-18 and the preset here, with the same weights, images and objects, the samplers taking
 * everything: losses within 1e-4, gradients within 1e-3. Recorded by {@code src/test/python/faster_rcnn.py}.
 */
class FasterRcnnTest {
    private static final Golden GOLDEN = Golden.read("faster_rcnn");

    private static final Map<String, String> COMPONENTS = Map.of(
            "rpn.classification", "loss_objectness",
            "rpn.box", "loss_rpn_box_reg",
            "roi.classification", "loss_classifier",
            "roi.box", "loss_box_reg");

    private static GoldenDetector usual;

    @BeforeAll
    static void build() {
        Engine.start(2);
        usual = detector(config(Map.of()).model());
    }

    private static RunConfig config(Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model.input.width", "256");
        all.put("model.input.height", "224");
        all.put("model.roi.hidden", "128");
        all.put("model.rpn.training.perLevel", "200");
        all.put("model.rpn.training.kept", "40");
        for (String output : new String[] {"rpn", "roi"}) {
            all.put("loss." + output + ".sampler.size", "1000000");
            all.put("loss." + output + ".sampler.positives", "1");
        }
        all.putAll(changes);
        return Models.preset("faster_rcnn").withTexts(all, "the test").value();
    }

    private static GoldenDetector detector(ModelConfig config) {
        return new GoldenDetector(GOLDEN, config, 3, 1);
    }

    @Test
    void itsLossesAndGradientsAreTorchvisions() {
        usual.step(config(Map.of()).supervision()).assertSame(GOLDEN, COMPONENTS, 1e-3);
    }

    /** What the comparison is there to catch. */
    @ParameterizedTest
    @CsvSource({
        "loss.rpn.box.divide, positives, rpn.box",
        "loss.roi.box.divide, positives, roi.box",
        "loss.roi.classification.divide, positives, roi.classification",
        "loss.rpn.box.set.beta, 0.1, rpn.box",
        "loss.rpn.assigner.foreground, 0.6, rpn.box",
        "loss.roi.assigner.foreground, 0.6, roi.box",
        "loss.rpn.assigner.lowQuality, false, rpn.box",
        "model.roi.align.aligned, true, roi.classification",
        "model.rpn.training.kept, 30, roi.classification",
        "model.rpn.anchor, 8.1, rpn.box"
    })
    void aWrongSettingIsCaught(String key, String value, String component) {
        double expected = GOLDEN.at("/losses/" + COMPONENTS.get(component)).asDouble();
        RunConfig wrong = config(Map.of(key, value));
        GoldenDetector detector = key.startsWith("model.") ? detector(wrong.model()) : usual;
        double actual = detector.losses(wrong.supervision()).getOrDefault(component, Double.NaN);
        assertThat(Math.abs(actual / expected - 1)).isGreaterThan(1e-3);
    }

    /** A component's value is told without its weight; its gradient is not. */
    @Test
    void aWrongWeightIsCaught() {
        String weight = "roi_heads.box_predictor.bbox_pred.weight";
        Map<String, Supervision> wrong =
                config(Map.of("loss.roi.box.weight", "1.01")).supervision();
        float[] gradient = usual.step(wrong).gradients().getOrDefault(weight, new float[0]);
        assertThat(Samples.of(GOLDEN.at("/gradients/" + weight)).difference(gradient, 1e-3))
                .isPresent();
    }
}
