package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import dev.parfocal.cli.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches on the smallest data and detector there can be. */
class TuneCommandTest {

    @TempDir
    static Path folder;

    private static Path data;

    @BeforeAll
    static void draw() {
        data = folder.resolve("scenes");
        assertThat(Run.of("synth", "--images", 6, "--seed", 3, "--out", data).err())
                .isEmpty();
    }

    private static Run tune(Path study, String... options) {
        List<Object> words =
                new ArrayList<>(List.of("tune", "--data", data, "--out", study, "--epochs", 1, "--batch", 5));
        for (String key : List.of(
                "model.input.width=64", "model.input.height=64", "model.widths=[8, 8, 8, 8, 8]", "model.neck=8")) {
            words.addAll(List.of("--with", key));
        }
        words.addAll(List.of(options));
        return Run.of(words.toArray());
    }

    @Test
    void aSearchIsDoneKilledAndContinuedAndTellsTheSame() throws IOException {
        Path study = folder.resolve("study");
        String search = "gamma, box.weight in [0.5, 5] log, lr";

        Run first = tune(study, "--search", search, "--metric", "seconds:min", "--trials", "2", "--threads", "1");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("2 trials: 2 complete");
        Path cut = study.resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(cut);
        Files.writeString(cut, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n{\"event\":\"te");

        Run second = tune(study, "--search", search, "--metric", "seconds:min", "--trials", "6", "--threads", "2");

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err())
                .contains("searching gamma in [0, 5], box.weight in [0.5, 5] log, lr in ", "going on: 1 of 6 trials");
        assertThat(second.out())
                .contains("6 trials: 6 complete", "box.weight", "explains alone", "best configuration", "search.svg");
        assertThat(study.resolve("best.yaml")).content().contains("gamma: ");
        assertThat(study.resolve("search.svg")).content().contains("<circle", "log10 ", "explains");
        assertThat(Files.readAllLines(cut).subList(0, lines.size() - 1)).isEqualTo(lines.subList(0, lines.size() - 1));

        Document page = Page.checked(study.resolve("report.html"));
        assertThat(page.select("h2").eachText()).containsExactly("Search", "Trials", "Best trial", "Loss", "Origin");
        assertThat(page.select("#search .panels > svg.chart")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(page.select("#origin pre").first().text().lines().toList()).isNotEmpty();
        byte[] written = Files.readAllBytes(study.resolve("report.html"));
        assertThat(Run.of("report", "--run", study).out()).isEqualTo("report  " + study.resolve("report.html") + "\n");
        assertThat(Files.readAllBytes(study.resolve("report.html"))).isEqualTo(written);

        Run other = tune(study, "--search", search, "--metric", "seconds:min", "--seed", "9");
        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err()).contains("the study here is another one (its seed is 1, not 9)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--search=gamma in [0, 9] | search 'gamma in [0, 9]' leaves the range of gamma, which is [0, 5]",
                "--search=gama | search 'gama': neither a parameter of the loss (alpha, gamma) nor a key of the"
                        + " configuration; did you mean 'gamma'?",
                "--search=ema in [0, 2] | search 'ema in [0, 2]': with 2.0, ema=2.0: ema must be",
                "--search=box.loss in {giou, giuo} | search 'box.loss in {giou, giuo}': with giuo, there is no loss 'giuo'",
                "--metric=AP5 | there is no metric 'AP5'; did you mean 'AP'?",
                "--on=spark | --on spark: trials run on threads:N, processes:N, spark://HOST:PORT or local[N] (Spark in this"
                        + " program), as in processes:2",
                "--on=local[2] | --on local[2]: Spark is not on the class path; ./parfocal brings it, a program of your"
                        + " own needs parfocal-spark and spark-core",
                "--spark=spark.cores.max=8 | --spark spark.cores.max: is for trials on Spark, and --on threads:1 is not",
                "--trial-timeout=5x | --trial-timeout 5x: a time is written as 90s, 30m or 1h30m, above zero",
                "--trial-timeout=0s | --trial-timeout 0s: a time is written as 90s, 30m or 1h30m, above zero",
                "--trials=0 | --trials 0: at least 1 is needed",
                "--loss=focl | there is no loss 'focl'; did you mean 'focal'?",
                "--train-split=all | there are no images to judge trials by: those to evaluate on (all) are trained on;",
                "--train-split=foo | data set DATA has no split 'foo': it has train, val, test",
            })
    void aWrongOptionIsRefusedInOneLine(String option, String message) {
        Run tune = tune(folder.resolve("none"), option);

        assertThat(tune.err().lines().reduce((first, last) -> last).orElse(""))
                .startsWith("parfocal tune: " + message.replace("DATA", data.toString()));
        assertThat(tune.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
