package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import dev.parfocal.cli.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossValidateCommandTest {

    @TempDir
    static Path folder;

    private static Path data;

    /** Nine scenes, the second a copy of the first. */
    @BeforeAll
    static void draw() throws IOException {
        data = folder.resolve("scenes");
        Run.of("synth", "--images", 9, "--seed", 5, "--out", data);
        Files.copy(
                data.resolve("images/000001.jpg"),
                data.resolve("images/000002.jpg"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void everyFoldIsTrainedAndScoredAndCopiesStayTogether() throws IOException {
        Path out = folder.resolve("folds");

        Run run = crossValidate(out, "--folds", "3");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("the same picture, kept together in fold ", ": 000001.jpg = 000002.jpg\n", "[3/3] fold 3");
        assertThat(run.out()).startsWith("fold").contains("mean", "deviation", "results.csv");
        assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(4);
        assertThat(Files.readAllLines(out.resolve("results.jsonl")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\"AP50\":", "\"LaACE0\":"));
        List<String> folds = Files.readAllLines(out.resolve("folds.csv"));
        assertThat(folds).hasSize(10).startsWith("image,group,fold");
        assertThat(fold(folds, "000001.jpg")).isEqualTo(fold(folds, "000002.jpg"));
        assertThat(out.resolve("folds/fold-2/config.yaml")).content().contains("all but fold-2 of 3");

        assertThat(Page.checked(out.resolve("report.html")).select("h3").eachText())
                .contains("Fold by fold", "Scores", "Images");

        Run again = crossValidate(out, "--folds", "3");
        assertThat(again.err()).contains("[1/3] fold 1: finished before", "[3/3] fold 3: finished before");
        assertThat(again.out()).isEqualTo(run.out());
        assertThat(crossValidate(out, "--folds", "3", "--seed", "2").err())
                .contains("has folds of other images, groups or another seed");
    }

    private static String fold(List<String> folds, String image) {
        return folds.stream()
                .filter(line -> line.startsWith(image))
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPictureInTwoFoldsIsALeak() throws IOException {
        Path groups = folder.resolve("groups.csv");
        StringBuilder table = new StringBuilder("image,group\n");
        for (int i = 1; i <= 9; i++) {
            table.append(String.format("00000%d.jpg,%s%n", i, i == 2 ? "b" : "a"));
        }
        Files.writeString(groups, table);

        Run run = crossValidate(
                folder.resolve("leaky"), "--folds", "2", "--separate-copies", "--groups", groups.toString());

        assertThat(run.err()).contains("leak: the same picture is in folds 1 and 2: 000001.jpg = 000002.jpg\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--folds 12 | 12 folds of 9 images: there must be at least 2 folds, and no more than images",
                "--folds 1 | 1 folds of 9 images: there must be at least 2 folds, and no more than images",
                "--val-split val | --val-split: every image is scored in its turn",
                "--train-split none | data set DATA has no split 'none': it has train, val, test",
                "--group-pattern ( | --group-pattern (: not a regular expression",
                "--group-pattern x(.) | the group pattern x(.) finds nothing in the file name 000001.jpg",
                "--groups none.csv | none.csv: there is no such file or folder",
                "--groups none.csv --group-pattern a | --group-pattern and --groups: give one of them",
            })
    void whatCannotBeDividedIsRefusedInOneLineAndLeavesNothing(String options, String message) {
        Path out = folder.resolve("none");

        Run run = crossValidate(out, options.split(" "));

        assertThat(run.err().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("parfocal cross-validate: " + message.replace("DATA", data.toString()));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out).doesNotExist();
    }

    private static Run crossValidate(Path out, String... options) {
        List<Object> words = new ArrayList<>(List.of("cross-validate", "--data", data, "--out", out, "--epochs", 1));
        words.addAll(List.of(options));
        words.addAll(CompareCommandTest.small());
        return Run.of(words.toArray());
    }
}
