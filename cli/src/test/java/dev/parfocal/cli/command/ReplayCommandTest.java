package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a loss that breaks to the sentence that says why. */
class ReplayCommandTest {
    private static final Pattern FILE = Pattern.compile("parfocal replay (\\S+)");

    @TempDir
    static Path folder;

    private static Path loss;

    @BeforeAll
    static void prepare() throws IOException {
        Run.of("synth", "--images", 12, "--seed", 3, "--out", folder.resolve("scenes"));
        loss = Files.writeString(folder.resolve("raw.loss"), """
                # Cross-entropy that forgot its sigmoid.
                # Nobody.
                loss raw(logit; target in [0, 1])

                -target * log(logit) + logit^2
                """);
    }

    private static Run train(String run, String policy) {
        return Run.of(
                "train",
                "--data",
                folder.resolve("scenes"),
                "--out",
                folder.resolve(run),
                "--size",
                "64x64",
                "--with",
                "model.widths=[8, 8, 8, 8, 8]",
                "--with",
                "model.neck=8",
                "--batch",
                "5",
                "--epochs",
                "1",
                "--loss",
                loss,
                "--on-nan",
                policy);
    }

    @Test
    void aRunThatStopsNamesTheFileThatReplayExplains() throws IOException {
        Run train = train("stopped", "stop");

        assertThat(train.code()).isEqualTo(ExitCode.BAD_INPUT);
        String line = train.err().lines().reduce((first, last) -> last).orElseThrow();
        assertThat(line)
                .startsWith("parfocal train: step 1: the classification loss is NaN at image ")
                .contains("log(logit) is NaN there");
        Matcher file = FILE.matcher(line);
        assertThat(file.find()).isTrue();
        Path incident = Files.move(Path.of(file.group(1)), folder.resolve("step-1.safetensors"));
        Files.writeString(loss.resolveSibling("scenes/gone"), "");

        Run replay = Run.of("replay", incident, "--layers");

        assertThat(replay.err()).isEmpty();
        assertThat(replay.code()).isZero();
        assertThat(replay.out())
                .startsWith("step 1, learning rate ")
                .contains("loss      FIRST   the classification loss is NaN at image ", "backbone.stem.norm")
                .contains("What to do: check the loss's formula")
                .endsWith("The run found the same, to the last bit.\n");
    }

    @Test
    void aRunThatSkipsTellsEachAndGoesOn() {
        Run train = train("skipped", "skip");

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.err()).contains("step 2: the classification loss is NaN", ". the batch is skipped; ");
    }

    @Test
    void wrongFilesAndPoliciesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "nothing");
        assertThat(Run.of("replay", text).code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Run.of("replay", folder.resolve("none")).err()).startsWith("parfocal replay: cannot read ");
        assertThat(train("never", "ignore").err()).contains("--on-nan", "'ignore'");
        assertThat(folder.resolve("never")).doesNotExist();
    }
}
