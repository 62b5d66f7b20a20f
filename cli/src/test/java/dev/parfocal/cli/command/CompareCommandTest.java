package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.cli.Run;
import dev.parfocal.cli.report.Page;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons on the smallest data and detector there can be: what is left, what is repeated, and what is refused. */
class CompareCommandTest {

    @TempDir
    static Path folder;

    private static Path data;

    @BeforeAll
    static void draw() {
        data = folder.resolve("scenes");
        Run.of("synth", "--images", 14, "--seed", 3, "--out", data);
    }

    @Test
    void lossesAreComparedAndWhatIsFinishedIsNotRepeated() throws IOException {
        Path out = folder.resolve("comparison");

        Run first = compare(out, "--losses", "bce,focal", "--grid", "focal.gamma=0,2", "--seeds", "1");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("[3/3] focal gamma=2, seed 1", "calibrators fitted on", "measured on");
        assertThat(first.out())
                .contains("Accuracy", "Calibration", "focal gamma=0", "ms/step", "Intervals: ", "resamples of")
                .contains("one seed, so that they speak of these detectors");
        assertThat(out.resolve("reliability.svg")).content().contains("focal gamma=2", "perfect");
        assertThat(out.resolve("comparison.txt")).content().contains("Calibration");
        assertThat(out.resolve("results.csv"))
                .content()
                .startsWith("name,loss,")
                .contains("focal gamma=2,focal,");
        List<String> lines = Files.readAllLines(out.resolve("results.jsonl"));
        assertThat(lines).hasSize(3);
        JsonNode row = new JsonMapper().readTree(lines.get(2));
        assertThat(row.get("parameters").get("gamma").asDouble()).isEqualTo(2);
        assertThat(out.resolve(row.get("run").asString()).resolve("weights.safetensors"))
                .exists();
        JsonNode summary = new JsonMapper().readTree(out.resolve("comparison.json"));
        assertThat(summary.get("losses")).hasSize(3);
        assertThat(summary.get("differences").get(0).get("sentence").asString()).contains("AP");

        Document page = Page.checked(out.resolve("report.html"));
        assertThat(page.select("h2").eachText())
                .containsExactly("Differences", "Numbers", "Detectors", "Losses", "Origin");
        assertThat(page.select("h3").eachText()).contains("Measures with their intervals", "Reliability of scores");
        assertThat(page.select(".verdicts li").eachText())
                .contains(summary.get("differences").get(0).get("sentence").asString());
        assertThat(page.select("#losses .legend").eachText()).contains("bce focal gamma=0 focal gamma=2");
        assertThat(page.select("#origin pre").first().text()).contains("compare --data ", "--losses bce,focal");

        FileTime trained = Files.getLastModifiedTime(out.resolve("runs/bce/seed-1/weights.safetensors"));
        Run more = compare(out, "--losses", "bce,focal,varifocal", "--grid", "focal.gamma=0,2", "--seeds", "1");
        assertThat(more.err()).contains("[1/4] bce, seed 1: finished before", "[4/4] varifocal, seed 1\n");
        assertThat(Files.getLastModifiedTime(out.resolve("runs/bce/seed-1/weights.safetensors")))
                .isEqualTo(trained);
        assertThat(Files.readAllLines(out.resolve("results.jsonl"))).startsWith(lines.get(0), lines.get(1));

        assertThat(compare(out, "--losses", "bce,focal", "--seeds", "1", "--epochs", "3")
                        .err())
                .contains("runs/bce/seed-1 was trained with another configuration ('epochs: 2', not 'epochs: 3')");
    }

    @Test
    void anyKeyIsVariedWithALossOfAnySlot() throws IOException {
        Path out = folder.resolve("varied");
        String vary = "loss.dense.box.loss=giou;ciou";

        Run run = compare(out, "--losses", "bce", "--slot", "dense.classification", "--vary", vary, "--seeds", "1");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("bce, dense.box.loss=giou", "bce, dense.box.loss=ciou");
        Path ciou = out.resolve("runs/bce-dense.box.loss=ciou/seed-1");
        assertThat(RunConfig.read(ciou.resolve("config.yaml"))
                        .losses()
                        .get("box")
                        .name())
                .isEqualTo("ciou");
        Document page = Page.checked(out.resolve("report.html"));
        assertThat(page.select("#losses .legend").eachText())
                .contains("bce, dense.box.loss=giou bce, dense.box.loss=ciou");
    }

    @Test
    void whatWasKilledGoesOnToTheSameNumbers() throws IOException {
        Path out = folder.resolve("killed");
        compare(out, "--losses", "bce,varifocal,focal", "--seeds", "1", "--epochs", "1");
        List<String> before = without(out, "millisecondsPerStep", "trainingSeconds");
        Path detections = out.resolve("runs/bce/seed-1/scored-detections.json");
        String found = Files.readString(detections);
        // One was killed after its last checkpoint, one before its first.
        Files.delete(out.resolve("runs/bce/seed-1/cell.json"));
        Files.delete(detections);
        Files.delete(out.resolve("runs/varifocal/seed-1/cell.json"));
        Files.delete(out.resolve("runs/varifocal/seed-1/checkpoint.safetensors"));
        Files.delete(out.resolve("comparison.json"));
        Files.delete(out.resolve("results.jsonl"));
        assertThat(Run.of("report", "--run", out).code()).isZero();
        Document half = Page.checked(out.resolve("report.html"));
        assertThat(half.select(".notice.warning").text()).contains("of 3 trainings begun, 1 came to their end");
        assertThat(half.select("h3").eachText()).contains("Precision and recall", "Every training");

        Run goneOn = compare(out, "--losses", "bce,varifocal,focal", "--seeds", "1", "--epochs", "1");

        assertThat(goneOn.code()).as(goneOn.err()).isZero();
        assertThat(goneOn.err()).contains("[1/3] bce, seed 1\n", "[2/3] varifocal, seed 1\n", "finished before");
        assertThat(detections).hasContent(found);
        assertThat(without(out, "millisecondsPerStep", "trainingSeconds")).isEqualTo(before);
    }

    @Test
    void twoSeedsStartEveryLossFromEqualWeightsButForTheBias() throws IOException {
        Path out = folder.resolve("seeds");
        Path own = folder.resolve("my.loss");
        Files.writeString(own, Catalogue.get("bce").text().replace("prior 0.01", "prior 0.2"));
        String losses = "bce," + own;

        Run run =
                compare(out, "--losses", losses, "--seeds", "2", "--lr", "1e-30", "--against", "bce", "--epochs", "1");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("paired over 2 seeds", " ±", "for 1 comparison of each measure");
        Map<String, float[]> bce = weights(out, "bce", 1);
        Map<String, float[]> mine = weights(out, "my", 1);
        assertThat(mine.keySet()).isEqualTo(bce.keySet());
        bce.forEach((name, values) -> {
            if (name.equals("head.classes.bias")) {
                assertThat(mine.get(name)).as(name).isNotEqualTo(values);
            } else if (!name.contains("running")) {
                assertThat(mine.get(name)).as(name).containsExactly(values, within(1e-20f));
            }
        });
        Files.writeString(own, Catalogue.get("focal").text());
        assertThat(compare(out, "--losses", losses, "--seeds", "2", "--lr", "1e-30", "--epochs", "1")
                        .err())
                .contains("runs/my/seed-1 was trained with another text of " + own);
        assertThat(weights(out, "bce", 2).get("head.classes.weight")).isNotEqualTo(bce.get("head.classes.weight"));
    }

    private static Map<String, float[]> weights(Path out, String loss, int seed) {
        Path file = out.resolve("runs/" + loss + "/seed-" + seed + "/weights.safetensors");
        Map<String, float[]> weights = new TreeMap<>();
        TensorFile.read(file).tensors().forEach((name, entry) -> weights.put(name, entry.values()));
        return weights;
    }

    private static List<String> without(Path comparison, String... keys) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(comparison.resolve("results.jsonl"))) {
            String rest = line;
            for (String key : keys) {
                rest = rest.replaceAll("\"" + key + "\":[^,}]*", "");
            }
            lines.add(rest);
        }
        return lines;
    }

    @Test
    void aLossThatCannotBeTrainedDoesNotKeepTheOthersBack() throws IOException {
        Path out = folder.resolve("failing");
        Path broken = folder.resolve("broken.loss");
        Files.writeString(
                broken, "loss broken(logit; target in [0, 1])\nnormalize by positives\nlog(logit - 100) * target\n");

        Run run = compare(out, "--losses", "bce," + broken, "--seeds", "1", "--epochs", "1");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("[2/2] broken, seed 1\n", "\nfailed: ");
        assertThat(run.out()).contains("left out        broken, seed 1: ").doesNotContain("broken cannot");
        assertThat(Files.readAllLines(out.resolve("results.jsonl"))).hasSize(1);
        assertThat(out.resolve("comparison.json")).content().contains("\"failures\" : [ \"broken, seed 1: ");
        assertThat(Page.checked(out.resolve("report.html"))
                        .select(".notice.severe")
                        .text())
                .contains("A training failed", "broken, seed 1: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--losses focl | there is no loss 'focl'; did you mean 'focal'?",
                "--losses giou | giou is a box loss; a pointwise loss is needed here",
                "--losses bce,bce | --losses: two losses are called bce",
                "--losses bce,,focal | --losses: a name is missing between two commas",
                "--losses focal --grid bce.gamma=1,2 | --grid bce.gamma=1,2: 'bce' is none of the losses compared (focal);"
                        + " write LOSS.PARAMETER=VALUE,VALUE",
                "--losses focal --grid focal.gama=1,2 | focal has no parameter 'gama'; did you mean 'gamma'?",
                "--losses focal --grid focal.gamma=1,x | gamma=x: 'x' is not a number",
                "--losses focal --grid focal.gamma=1,1 | --grid: focal gamma=1 occurs twice",
                "--losses focal --loss bce | --loss: compare names its losses with --losses and their parameters with --grid",
                "--seeds 2 | say what to compare: --losses NAME,NAME or --vary 'KEY=VALUE;VALUE'",
                "--vary loss.dense.box.loss=giou;giou | --vary: dense.box.loss=giou occurs twice",
                "--vary epochs=1 --slot dense.classification | --slot dense.classification: name the losses for it with --losses",
                "--losses bce --slot rpn.classification | bce: unknown key loss.rpn",
                "--losses softmax_focal | loss.classification needs a loss of kind POINTWISE",
                "--losses bce,focal --against vfl | --against vfl: that is none of those compared: bce, focal",
                "--losses bce --seeds 0 | --seeds (0) must be at least 1, --resamples (200) at least 100",
                "--losses bce --val-split train | of the 12 images in train, 12 are in train too: a comparison needs images"
                        + " that were not trained on; name other parts with --train-split and --val-split",
                "--losses bce --train-split none | data set DATA has no split 'none': it has train, val, test",
            })
    void whatCannotBeComparedIsRefusedInOneLineAndLeavesNothing(String options, String message) {
        Path out = folder.resolve("none");

        Run run = compare(out, options.split(" "));

        assertThat(run.err().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("parfocal compare: " + message.replace("DATA", data.toString()));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out).doesNotExist();
    }

    static Run compare(Path out, String... options) {
        List<Object> words = new ArrayList<>(List.of("compare", "--data", data, "--out", out, "--resamples", 200));
        words.addAll(List.of(options));
        words.addAll(small());
        if (!List.of(options).contains("--epochs")) {
            words.addAll(List.of("--epochs", "2"));
        }
        return Run.of(words.toArray());
    }

    /** The smallest detector. */
    static List<String> small() {
        return List.of(
                "--with",
                "model.input.width=64",
                "--with",
                "model.input.height=64",
                "--with",
                "model.widths=[8, 8, 8, 8, 8]",
                "--with",
                "model.neck=8",
                "--batch",
                "6",
                "--threads",
                "1");
    }
}
