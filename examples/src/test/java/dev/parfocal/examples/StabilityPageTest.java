package dev.parfocal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.curriculum.Curriculum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/stability.md tells people to write works, and the examples that it names are there. */
class StabilityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "stability.md");

    private static List<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    static List<String> settings() throws IOException {
        return found("(?s)```yaml\n(.*?)```");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void itsSettingsAreThoseOfARun(String yaml) {
        RunConfig config = RunConfig.parse(yaml, "docs/stability.md");
        assertThat(config).isNotEqualTo(RunConfig.DEFAULT);
        new Curriculum(config.curriculum(), config.losses(), config.assigner(), 1000);
    }

    @Test
    void itsExamplesAreThere() throws IOException {
        List<String> examples = found("Example `(\\w+)`");
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(
                                Path.of("src/main/java/dev/parfocal/examples").resolve(name + ".java"))
                        .exists());
    }
}
