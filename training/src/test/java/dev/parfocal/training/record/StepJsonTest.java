package dev.parfocal.training.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StepJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode json(StepRecord step) {
        return JSON.readTree(JSON.writeValueAsString(StepJson.of(step)));
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() {
        assertThat(StepJson.read(json(Steps.step(7))))
                .usingRecursiveComparison()
                .isEqualTo(Steps.step(7));
    }

    @Test
    void sharesAreWrittenForPeople() {
        JsonNode share =
                json(Steps.step(7)).path("statistics").path("classification").path("share");
        assertThat(share.path("positives").asDouble()).isEqualTo(2.25 / 8);
        assertThat(share.path("hardNegatives").asDouble()).isEqualTo(0.75 / 8);
        assertThat(share.path("easyNegatives").asDouble()).isEqualTo(5.0 / 8);
    }

    @Test
    void aLineOfAnOlderRunIsReadAsFarAsItGoes() {
        StepRecord step = StepJson.read(JSON.readTree("""
                {"step": 3, "epoch": 1, "total": 2.5, "weighted": {"box": 2.5}, "losses": {"box": 1.25}, "positives": 9}
                """));
        assertThat(step.total()).isEqualTo(2.5);
        assertThat(step.gradientNorm()).isNaN();
        assertThat(step.statistics()).isEmpty();
        assertThat(step.matching().objects()).isEmpty();
    }
}
