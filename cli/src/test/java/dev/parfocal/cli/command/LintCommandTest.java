package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void scenes() {
        data = folder.resolve("scenes");
        assertThat(Run.of("synth", "--out", data, "--images", "6").code()).isZero();
    }

    @Test
    void theDataAloneIsLookedAt() {
        Path out = folder.resolve("lint");

        Run run = Run.of("lint", "--data", data, "--out", out);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("of the scores are to be 1", "all suspects  " + out.resolve("lint.json"));
        assertThat(out.resolve("lint.json")).content().contains("\"suspects\"", "\"samePixels\"", "\"objects\"");
        assertThat(Run.of("lint", "--data", data, "--out", out).code())
                .as("its own folder is written anew")
                .isZero();
    }

    @Test
    void otherFoldersAreLeftAlone() {
        Run run = Run.of("lint", "--data", data, "--out", data);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("is there already, and not from an earlier lint; name another folder");
        assertThat(Run.of("lint", "--data", data, "--top", "0").err()).contains("--top must be at least 1, but is 0");
        Path below = data.resolve("annotations").resolve("train.json").resolve("x");
        assertThat(Run.of("lint", "--data", data, "--out", below).err())
                .endsWith("parfocal lint: " + below + ": Not a directory\n");
    }
}
