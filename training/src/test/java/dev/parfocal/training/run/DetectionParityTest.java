package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.golden.FormulaWeights;
import dev.parfocal.training.golden.Golden;
import dev.parfocal.training.golden.GoldenModel;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.run.Inference.Found;
import dev.parfocal.training.run.Inference.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * With the same weights and images a preset gives the same detections as the detector of torchvision or Hugging Face after which it is made:
 * scores within 1e-4, boxes within 0.05 pixels. Recorded by the scripts in {@code src/test/python}.
 */
class DetectionParityTest {
    private static final double SCORE = 1e-4;
    private static final double PIXELS = 0.05;

    @BeforeAll
    static void start() {
        Engine.start(2);
    }

    private static List<Found> found(Golden golden, String preset, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(changes);
        all.put("model.input.width", golden.at("/images/width").asString());
        all.put("model.input.height", golden.at("/images/height").asString());
        RunConfig config = Models.preset(preset).withTexts(all, "the test").value();
        DetectorModel model = new DetectorModel(config.model(), Start.of(3, Map.of()), 1);
        GoldenModel.fill(model.weights(), golden);
        return new Inference(model, config, config.tasks()).look(pictures(golden));
    }

    private static List<Picture> pictures(Golden golden) {
        int width = golden.at("/images/width").asInt();
        int height = golden.at("/images/height").asInt();
        List<Picture> pictures = new ArrayList<>();
        for (int n = 0; n < golden.at("/images/count").asInt(); n++) {
            byte[] planes = FormulaWeights.image(n, height, width);
            int[] pixels = new int[width * height];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (planes[i] & 0xFF) << 16
                        | (planes[pixels.length + i] & 0xFF) << 8
                        | planes[2 * pixels.length + i] & 0xFF;
            }
            pictures.add(new Picture(n, new RgbImage(width, height, pixels)));
        }
        return pictures;
    }

    /** The indices of the expected detections of an image; torchvision keeps boxes that clipping leaves without area. */
    private static List<Integer> expected(Golden golden, int image) {
        JsonNode boxes = golden.at("/detections/" + image + "/boxes");
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            double[] box = clipped(golden, boxes.path(i));
            if (box[2] > box[0] && box[3] > box[1]) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static double[] clipped(Golden golden, JsonNode box) {
        double[] sides = new double[4];
        for (int side = 0; side < 4; side++) {
            double end = golden.at(side % 2 == 0 ? "/images/width" : "/images/height")
                    .asDouble();
            sides[side] = Math.max(0, Math.min(end, box.path(side).asDouble()));
        }
        return sides;
    }

    private static void assertSame(Golden golden, List<Found> found, int firstLabel) {
        for (int image = 0; image < found.size(); image++) {
            List<Integer> expected = expected(golden, image);
            List<Detection> actual = found.get(image).detections();
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                assertSame(golden, image, expected.get(i), actual.get(i), firstLabel);
            }
        }
    }

    private static void assertSame(Golden golden, int image, int number, Detection actual, int firstLabel) {
        JsonNode expected = golden.at("/detections/" + image);
        String what = "image " + image + ", detection " + number;
        assertThat(actual.score())
                .as(what)
                .isCloseTo(expected.path("scores").path(number).asDouble(), within(SCORE));
        assertThat(actual.label() + firstLabel)
                .as(what)
                .isEqualTo(expected.path("labels").path(number).asInt());
        Box box = actual.box();
        double[] sides = {box.x1(), box.y1(), box.x2(), box.y2()};
        double[] theirs = clipped(golden, expected.path("boxes").path(number));
        for (int side = 0; side < 4; side++) {
            assertThat(sides[side]).as(what).isCloseTo(theirs[side], within(PIXELS));
        }
    }

    @Test
    void retinanetFindsWhatTorchvisionsFinds() {
        Golden golden = Golden.read("retinanet");
        assertSame(golden, found(golden, "retinanet", Map.of()), 0);
    }

    @Test
    void itsSecondVersionToo() {
        Golden golden = Golden.read("retinanet_v2");
        Map<String, String> changes = Map.of("model.headNorm.kind", "group", "model.coarser", "p6_p7_from_c5");
        assertSame(golden, found(golden, "retinanet", changes), 0);
    }

    @Test
    void fcosFindsWhatTorchvisionsFinds() {
        Golden golden = Golden.read("fcos");
        assertSame(golden, found(golden, "fcos", Map.of()), 0);
    }

    @Test
    void fasterRcnnFindsWhatTorchvisionsFinds() {
        Golden golden = Golden.read("faster_rcnn");
        Map<String, String> changes =
                Map.of("model.roi.hidden", "128", "model.rpn.use.perLevel", "120", "model.rpn.use.kept", "30");
        assertSame(golden, found(golden, "faster_rcnn", changes), 1);
    }

    /** Hugging Face's detections are not clipped to the image, and there are as many as queries. */
    @Test
    void rtDetrFindsWhatHuggingFacesFinds() {
        Golden golden = Golden.read("rt_detr");
        Map<String, String> changes =
                Map.of("model.denoising", "null", "loss.denoising*", "null", "detect.minScore", "0.05");
        assertSame(golden, found(golden, "rt_detr", changes), 0);
    }

    /** What the comparison is there to catch. */
    @ParameterizedTest
    @CsvSource({"detect.overlap, 0.6", "detect.overlap, null", "detect.perLevel, 20", "detect.minScore, 0.06"})
    void aWrongSettingIsCaught(String key, String value) {
        Golden golden = Golden.read("retinanet");
        List<Found> found = found(golden, "retinanet", Map.of(key, value));
        boolean sameCounts = true;
        for (int image = 0; image < found.size(); image++) {
            sameCounts &= found.get(image).detections().size()
                    == expected(golden, image).size();
        }
        assertThat(sameCounts).isFalse();
    }
}
