package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "c", "CUDA"})
    void everyTargetSaysWhereItComesFrom(String target) throws IOException {
        Path file = folder.resolve("a/loss.txt");
        Run run = Run.of("export", "focal", "--to", target, "--set", "gamma=1.5", "--output", file);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(file + "\n");
        assertThat(Files.readString(file))
                .contains(
                        "The loss focal, exported by Parfocal ",
                        "Parameters: alpha = 0.25, gamma = 1.5.",
                        "loss focal(logit;");
    }

    @Test
    void standardOutputTakesTheText() {
        assertThat(Run.of("export", "bce", "--to", "c", "--output", "-").out()).contains("float parfocal_bce(");
    }

    @Test
    void anExportIsWrittenOverAndNothingElse() throws IOException {
        Path file = folder.resolve("bce.h");
        assertThat(Run.of("export", "bce", "--to", "c", "--output", file).code())
                .isZero();
        assertThat(Run.of("export", "bce", "--to", "c", "--output", file).code())
                .isZero();

        Files.writeString(file, "int mine;\n");
        Run run = Run.of("export", "bce", "--to", "c", "--output", file);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .contains(
                        "bce.h is there, and is no export of Parfocal: name another file with --output, or remove it");
        assertThat(Files.readString(file)).isEqualTo("int mine;\n");
    }

    @Test
    void theLossItselfIsNotWrittenOver() throws IOException {
        Path file = folder.resolve("my.loss");
        Files.writeString(file, "loss mine(x; t)\n(x - t)^2\n");
        Run run = Run.of("export", file, "--to", "c", "--output", file);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("which this command reads");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export slide --to cuda | a kernel of CUDA cannot hold 'mean', which slide keeps between batches",
                "export focal --to rust | '--to'",
                "export focal | --to",
                "export focal --to c --output FOLDER | is a directory: name a file",
                "export focal --to c --output FOLDER/file/x.h | file",
                "export focal --to c --set gamma=9 | gamma = 9 is outside its range [0, 5]",
            })
    void badInputIsOneLine(String line, String message) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Run run = Run.of((Object[]) line.replace("FOLDER", folder.toString()).split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }
}
