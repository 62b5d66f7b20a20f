package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The formula gives the bits that its Python twin recorded, and the comparison of samples notices small errors. */
class FormulaWeightsTest {
    private static final Golden FORMULA = Golden.read("formula");

    @Test
    void noiseHasTheRecordedBits() {
        for (Map.Entry<String, JsonNode> noise : FORMULA.at("/noise").properties()) {
            double[] values =
                    FormulaWeights.noise(noise.getKey(), noise.getValue().size());
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo(noise.getValue().get(i).doubleValue());
            }
        }
    }

    @Test
    void weightsHaveTheRecordedBits() {
        FormulaWeights weights = FORMULA.weights();
        FORMULA.at("/tensors").properties().forEach(entry -> {
            Samples samples = Samples.of(entry.getValue());
            float[] values = weights.values(entry.getKey(), samples.shape());
            assertThat(samples.difference(values, 0x1p-45)).as(entry.getKey()).isEmpty();
        });
    }

    @Test
    void imagesHaveTheRecordedBits() {
        int n = 0;
        for (JsonNode image : FORMULA.at("/images")) {
            int height = image.get("height").asInt();
            int width = image.get("width").asInt();
            byte[] bytes = FormulaWeights.image(n++, height, width);
            float[] pixels = new float[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                pixels[i] = (bytes[i] & 0xFF) / 255f;
            }
            assertThat(Samples.of(image).difference(pixels, 0x1p-45)).isEmpty();
        }
        assertThat(n).isEqualTo(2);
    }

    @Test
    void samplesNoticeASmallError() {
        Samples samples = FORMULA.samples("/tensors/fc.weight");
        float[] right = FORMULA.weights().values("fc.weight", samples.shape());
        for (int i = 0; i < right.length; i++) {
            float[] wrong = right.clone();
            wrong[i] += 0.1f;
            assertThat(samples.difference(wrong, 1e-3)).as("element " + i).isPresent();
        }
        assertThat(samples.difference(new float[32], 1e-3)).isPresent();
        float[] unknown = right.clone();
        unknown[5] = Float.NaN;
        assertThat(samples.difference(unknown, 1e-3)).isPresent();
    }
}
