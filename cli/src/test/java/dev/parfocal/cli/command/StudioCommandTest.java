package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudioCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "studio notes.txt | notes.txt: the studio writes a file whose name ends with .loss",
                "studio --port 70000 | a port is a number in [1, 65535], not 70000",
            })
    void badInputIsOneLine(String line, String message) {
        Run run = Run.of((Object[]) line.split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }
}
