package dev.parfocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProgramTest {

    @TempDir
    Path folder;

    @Test
    void itSaysItsVersion() {
        Run run = Run.of("--version");
        assertThat(run.out()).startsWith("parfocal 0.").contains("Java ");
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "losses",
                "show",
                "compute",
                "check",
                "plot",
                "train",
                "diagnose",
                "evaluate",
                "predict",
                "replay",
                "synth"
            })
    void everyCommandExplainsItselfWithExamples(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage:", "parfocal " + command, "Examples:", "--debug");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ parfocal: say what to do: a command is missing. See 'parfocal --help'.",
                "lossses ~ parfocal: there is no command 'lossses'; did you mean 'losses'? See 'parfocal --help'.",
                "LOSSES ~ parfocal: there is no command 'LOSSES'; did you mean 'losses'? See 'parfocal --help'.",
                "losses --nope ~ parfocal losses: unknown option '--nope'. See 'parfocal losses --help'.",
                "show focal --set gamma=1 ~ parfocal show: unknown option '--set'. See 'parfocal show --help'.",
                "show focal varifocal ~ parfocal show: unexpected argument 'varifocal'. See 'parfocal show --help'.",
                "check --all ~ parfocal check: unknown option '--all'. See 'parfocal check --help'.",
                "train -data d ~ parfocal train: unknown option '-data'; did you mean '--data'? See 'parfocal train --help'.",
                "train --seed abc --out o ~ parfocal train: --seed abc: it must be a whole number. See 'parfocal train --help'.",
                "train --epochs 99999999999 --out o ~ parfocal train: --epochs 99999999999: it must be a whole number"
                        + " from -2147483648 to 2147483647. See 'parfocal train --help'.",
                "compute focal"
                        + " ~ parfocal compute: Missing required option: '--input=FILE'. See 'parfocal compute --help'.",
                "compute focal --input x --backend gpu"
                        + " ~ parfocal compute: Invalid value for option '--backend': expected one of [REFERENCE, SCALAR, VECTOR]"
                        + " (case-insensitive) but was 'gpu'. See 'parfocal compute --help'.",
                "show ~ parfocal show: Missing required parameter: 'NAME|FILE'. See 'parfocal show --help'.",
            })
    void aWrongCommandLineIsRefusedInOneLine(String line, String message) {
        Run run = line.isEmpty() ? Run.of() : Run.of((Object[]) line.split(" "));

        assertThat(run.err()).isEqualTo(message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertThat(Run.of("report", "--run", "a\0b").err()).contains("'a\\0b': no file can be called so");
        assertThat(Run.of("plot", "a\0b").err()).isEqualTo("parfocal plot: 'a\\0b': no file can be called so\n");
    }

    @Test
    void everyCommandIsFoundByItsName() {
        assertThat(Commands.NAMES)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Commands.of(name)
                                .getAnnotation(CommandLine.Command.class)
                                .name())
                        .isEqualTo(name));
        assertThat(Commands.named(new String[] {"--debug", "show", "train"})).hasValue("show");
        assertThat(Commands.named(new String[] {"nope", "train"})).isEmpty();
    }

    @Test
    void theTraceIsShownOnRequestOnly() {
        assertThat(Run.of("show", "nope").err().lines()).hasSize(1);
        assertThat(Run.of("show", "nope", "--debug").err()).contains("ParfocalException", "\tat ");
    }

    @Test
    void theCatalogueIsATable() {
        Run run = Run.of("losses");
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("focal +pointwise +alpha 0.25, gamma 2 +by positives, prior 0.01"
                        + " +Lin, 2017, arXiv 1708.02002"));
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 130);
    }

    @Test
    void theCatalogueIsFiltered() {
        assertThat(Run.of("losses", "--kind", "rotated").out())
                .startsWith("rotated: boxes by centre, size and angle")
                .contains("probiou", "kfiou")
                .doesNotContain("focal");
        assertThat(Run.of("losses", "--search", "Tiny Object").out().lines())
                .filteredOn(line -> line.contains(" box "))
                .singleElement()
                .asString()
                .startsWith("nwd ");
        assertThat(Run.of("losses", "--kind", "rotate").err())
                .contains("there is no kind of loss 'rotate'; did you mean 'rotated'?");
        assertThat(Run.of("losses", "--kind", "row", "--search", "tiny").err())
                .contains("no loss of the catalogue has 'tiny' in its text and is of the kind row");
    }

    @Test
    void rotatedBoxesArePlotted() throws Exception {
        Path file = folder.resolve("kld.svg");
        assertThat(Run.of("plot", "kld", "--output", file.toString()).code()).isZero();
        assertThat(Files.readString(file)).contains("angle, in radians");
    }

    @Test
    void aLossIsShownWithAllThatFollowsFromItsText() throws Exception {
        Path file = folder.resolve("mine.loss");
        Files.writeString(file, """
                # My own loss.
                loss mine(logit; target in {0, 1})
                param weight = 2 in [0, 10] "how much"
                normalize by elements
                weight * (sigmoid(logit) - target)^2
                """);

        Run run = Run.of("show", file);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("mine(weight = 2)\n\nText\n  # My own loss.\n")
                .contains("  target  given      {0, 1}", "  weight        2  [0, 10]  how much", "  by elements");
    }

    @Test
    void aFormulasErrorKeepsItsCaret() throws Exception {
        Path file = folder.resolve("bad.loss");
        Files.writeString(file, "loss bad(logit; target)\nlogit * )\n");

        Run run = Run.of("show", file);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("parfocal show: " + file).contains("^").doesNotContain("\tat ");
    }
}
