package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with a run, from its record, and with a configuration, before any training. */
class DiagnoseCommandTest {
    private static final List<Object> TINY = List.of(
            "--size",
            "64x64",
            "--with",
            "model.widths=[8, 8, 8, 8, 8]",
            "--with",
            "model.neck=8",
            "--batch",
            "4",
            "--threads",
            "1");

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() {
        Run.of("synth", "--images", 12, "--seed", 3, "--out", folder.resolve("scenes"));
        run = folder.resolve("run");
        Run train = tiny("train", "--out", run, "--epochs", 1);
        assertThat(train.code()).as(train.err()).isZero();
    }

    /** A command on the scenes with a tiny model. */
    private static Run tiny(String command, Object... more) {
        List<Object> words = new ArrayList<>(List.of(command, "--data", folder.resolve("scenes")));
        words.addAll(TINY);
        words.addAll(List.of(more));
        return Run.of(words.toArray());
    }

    @Test
    void aRunIsReadFromItsRecord() throws IOException {
        Path json = folder.resolve("findings.json");
        Run diagnose = Run.of("diagnose", "--run", run, "--json", json);

        assertThat(diagnose.err()).isEmpty();
        assertThat(diagnose.code()).isZero();
        assertThat(diagnose.out())
                .startsWith(run + ": 2 steps, ")
                .contains("SEVERE   the average precision is 0", "  why    ", "  change ", "by class");
        JsonNode tree = new JsonMapper().readTree(Files.readString(json));
        assertThat(tree.path("steps").asInt()).isEqualTo(2);
        assertThat(tree.path("findings"))
                .extracting(finding -> finding.path("rule").asString())
                .contains("no-precision");
    }

    @Test
    void signalsSayWhereEachLossWorks() throws IOException {
        Path out = folder.resolve("signals");
        Run signals = tiny("signals", "--images", 3, "--out", out);

        assertThat(signals.code()).as(signals.err()).isZero();
        assertThat(signals.out())
                .startsWith("dense before training, 3 images of scenes")
                .contains("classification", "positives", "pyramid.stride8", "backbone.stride8", "box ");
        JsonNode tree = new JsonMapper().readTree(Files.readString(out.resolve("signals.json")));
        assertThat(tree.path("losses").propertyNames()).contains("classification", "box", "distribution");
        assertThat(tree.path("normalizers").path("box").asDouble()).isPositive();
        double norm = tree.path("gradients").path("pyramid.stride8").path("box").asDouble();
        assertThat(norm).isPositive();
        double sum = 0;
        for (JsonNode share : tree.path("shares").path("pyramid.stride8")) {
            sum += share.asDouble();
        }
        assertThat(sum).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(out.resolve("signals.svg")).content().contains("Where each loss works", "pyramid.stride8");
        assertThat(Run.of("signals", "--images", 0, "--data", folder.resolve("scenes"))
                        .err())
                .contains("--images must be at least 1");
    }

    @Test
    void aRunThatGoesOnIsReadWithoutTheLineItIsWriting() throws IOException {
        Path growing = Files.createDirectory(folder.resolve("growing"));
        for (String file : List.of("metrics.jsonl", "categories.json", "config.yaml")) {
            Files.copy(run.resolve(file), growing.resolve(file));
        }
        Files.writeString(growing.resolve("metrics.jsonl"), "{\"epoch\": 2, \"st", StandardOpenOption.APPEND);

        Run diagnose = Run.of("diagnose", "--run", growing);

        assertThat(diagnose.err()).isEmpty();
        assertThat(diagnose.out()).startsWith(growing + ": 2 steps, ");
    }

    @Test
    void aFreshModelShowsWhatIsWrongBeforeTraining() {
        Run diagnose = tiny("diagnose", "--loss", "bce", "--batches", 2);

        assertThat(diagnose.code()).as(diagnose.err()).isZero();
        assertThat(diagnose.out()).startsWith("bce on scenes, before training: 2 steps, ");
        assertThat(unwrapped(diagnose))
                .contains("normaliser is elements: ", "effective rate 1/", "gradient at first", "change Divide by");
    }

    @Test
    void aFreshModelTakesAFormulaAndTheOptionsOfTrain() throws IOException {
        Path loss = Files.writeString(folder.resolve("plain.loss"), """
                # Cross-entropy without a recipe.
                # Nobody.
                loss plain(logit; target in [0, 1])

                normalize by positives

                p = sigmoid(logit)
                -(target * log(p) + (1 - target) * log(1 - p))
                """);
        Run diagnose = tiny("diagnose", "--loss", loss, "--batches", 1, "--gain", "auto");

        assertThat(diagnose.code()).as(diagnose.err()).isZero();
        assertThat(unwrapped(diagnose))
                .contains("prior bias missing: the first classification loss is ", "'prior 0.01'");
    }

    private static String unwrapped(Run run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAfterTheFindings() {
        Run diagnose = Run.of(
                "diagnose", "--run", run, "--json", run.resolve("metrics.jsonl").resolve("x.json"));

        assertThat(diagnose.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(diagnose.out()).contains("the average precision is 0");
        assertThat(diagnose.err())
                .startsWith("parfocal diagnose: ")
                .contains("metrics.jsonl")
                .hasLineCount(1);
    }

    @Test
    void badInputGetsOneLine() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.copy(run.resolve("categories.json"), broken.resolve("categories.json"));
        Files.writeString(broken.resolve("metrics.jsonl"), "{\"step\": \n{\"step\": 2}\n", StandardCharsets.UTF_8);

        assertRefused(Run.of("diagnose"), "either --run DIR, or --data DIR");
        assertRefused(tiny("diagnose", "--run", run), "either --run DIR, or --data DIR");
        assertRefused(tiny("diagnose", "--batches", 0), "--batches must be at least 1");
        assertRefused(tiny("diagnose", "--batches", "many"), "--batches");
        assertRefused(Run.of("diagnose", "--run", folder.resolve("none")), "none is not a folder");
        assertRefused(Run.of("diagnose", "--run", empty), "not the folder of a training run");
        assertRefused(Run.of("diagnose", "--run", broken), "metrics.jsonl");
        assertRefused(Run.of("diagnose", "--data", folder.resolve("none")), "none");
        assertRefused(tiny("diagnose", "--loss", "varifocl"), "varifocl", "varifocal");
        assertRefused(tiny("diagnose", "--loss", "giou"), "giou is a box loss");
        assertRefused(tiny("diagnose", "--with", "optimiser.kind=sgd"), "unknown key", "optimizer");
    }

    private static void assertRefused(Run run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("parfocal diagnose: ").contains(parts).hasLineCount(1);
    }
}
