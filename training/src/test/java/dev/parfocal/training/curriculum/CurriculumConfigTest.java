package dev.parfocal.training.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.training.config.RunConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurriculumConfigTest {

    private static RunConfig parse(String yaml) {
        return RunConfig.parse(yaml, "run.yaml");
    }

    @Test
    void isAListOfTargetsAndSchedules() {
        RunConfig config = parse("""
                curriculum:
                  - classification.gamma: linear 0 to 2
                  - box.weight: 0.5
                    objects.minSize: step 24, 0 at 0.3
                """);
        assertThat(config.curriculum().schedules())
                .containsOnlyKeys("classification.gamma", "box.weight", "objects.minSize")
                .containsEntry("classification.gamma", Schedule.parse("linear 0 to 2"))
                .containsEntry("box.weight", Schedule.constant(0.5));
        assertThat(parse(config.toYaml())).isEqualTo(config);
        assertThat(parse("curriculum: []")).isEqualTo(RunConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[{classification.gamma: spiral 0 to 2}]                            | there is no schedule spiral",
                "[{classification.gamma: linear 0}]                                 | classification.gamma: schedule 'linear 0'",
                "[{box.weight: 1}, {box.weight: linear 0 to 1}]                     | two schedules for box.weight",
                "[{box.weight: 1, box.weight: 2}]                                   | Duplicate",
                "{box.weight: 1}                                                    | curriculum must be a list",
                "[box.weight]                                                       | curriculum must be a list",
                "3                                                                  | curriculum must be a list",
            })
    void whatIsNotSaysSoInOneLine(String curriculum, String message) {
        assertThatThrownBy(() -> parse("curriculum: " + curriculum))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("run.yaml: ")
                .hasMessageContaining(message);
    }
}
