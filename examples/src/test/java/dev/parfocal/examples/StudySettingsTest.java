package dev.parfocal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.curriculum.Curriculum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of scripts/studies.sh are settings of a run, and the script names only those that are there. */
class StudySettingsTest {
    private static final Path SCRIPTS = Path.of("..", "scripts");
    private static final Pattern STUDY = Pattern.compile("(?m)^ *study \"[^\"]+\" (\\S+) (\\S+)$");

    static List<Path> settings() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS.resolve("studies"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areSettingsOfARun(Path file) {
        RunConfig config = RunConfig.read(file);
        new Curriculum(config.curriculum(), config.losses(), config.assigner(), 1000);
    }

    @Test
    void everyStudyHasItsSettingsAndAllSettingsAreUsed() throws IOException {
        List<String> used = STUDY.matcher(Files.readString(SCRIPTS.resolve("studies.sh")))
                .results()
                .flatMap((MatchResult study) -> Stream.of(study.group(1), study.group(2)))
                .distinct()
                .sorted()
                .toList();
        List<String> there = settings().stream()
                .map(file -> file.getFileName().toString().replace(".yaml", ""))
                .sorted()
                .toList();
        assertThat(used).isEqualTo(there);
    }
}
