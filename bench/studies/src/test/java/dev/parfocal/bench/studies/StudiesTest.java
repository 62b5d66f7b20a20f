package dev.parfocal.bench.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudiesTest {
    @TempDir
    private Path runs;

    private void run(String name, String seed, double ap, double... milliseconds) throws IOException {
        Path run = Files.createDirectories(runs.resolve(name).resolve(seed));
        Files.writeString(run.resolve("evaluation.json"), "{\"AP\": " + ap + ", \"AP50\": " + (ap + 0.25) + "}");
        steps(run, milliseconds);
    }

    private static void steps(Path run, double... milliseconds) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (double ms : milliseconds) {
            lines.append("{\"step\": 1, \"milliseconds\": {\"forward\": 1, \"update\": ")
                    .append(ms - 1)
                    .append("}}\n");
        }
        Files.writeString(run.resolve("metrics.jsonl"), lines + "{\"step\": 1, \"evaluation\": {}}\n");
    }

    @Test
    void aTechniqueStandsBesideTheRunWithoutIt() throws IOException {
        run("base", "1", 0.300, 20, 9, 22);
        run("base", "2", 0.400, 24, 24, 20);
        run("gamma", "1", 0.320, 30, 30, 30);
        run("gamma", "2", 0.390, 40, 40, 40);
        Files.writeString(runs.resolve("studies.tsv"), "Scenes\tGamma rises\tbase\tgamma\n");
        assertThat(Studies.page(runs, "# Studies\n\nAbout.\n")).isEqualTo("""
                # Studies

                About.

                ## Scenes

                | technique | AP without | AP with | difference | AP50 without | AP50 with | step without, ms | with |
                |---|---|---|---|---|---|---|---|
                | Gamma rises: [gamma](../scripts/studies/gamma.yaml) against [base](../scripts/studies/base.yaml) \
                | 0.350 (0.300 – 0.400) | 0.355 (0.320 – 0.390) | **+0.005** (+0.020, -0.010) \
                | 0.600 (0.550 – 0.650) | 0.605 (0.570 – 0.640) | 22 | 35 |
                """);
    }

    @Test
    void aRunThatStoppedSaysWhere() throws IOException {
        run("base", "1", 0.3, 20);
        steps(Files.createDirectories(runs.resolve("wild").resolve("1")), 20, 20, 20);
        Files.writeString(runs.resolve("studies.tsv"), "Scenes\tNo clipping\tbase\twild\n");
        assertThat(Studies.page(runs, "# Studies")).contains("| 0.300 | seed 1 stopped after 3 steps | – |");
    }

    @Test
    void whatIsSaidOfImagesStandsBesideConstants() throws IOException {
        run("base", "1", 0.3, 20);
        run("tasks", "1", 0.3, 20);
        Files.writeString(runs.resolve("tasks/1/evaluation.json"), """
                {"AP": 0.3, "AP50": 0.5, "presence/accuracy": 0.9, "presence/accuracyConstant": 0.7,
                 "count/MAE": 0.25, "count/MAEConstant": 0.8, "count/MAE/disc": 0.2}
                """);
        Files.writeString(runs.resolve("studies.tsv"), "Scenes\tTasks\tbase\ttasks\n");
        assertThat(Studies.page(runs, "# Studies")).endsWith("""
                |---|---|---|---|---|
                | tasks | 0.900 | 0.700 | 0.250 | 0.800 |
                """);
    }

    @Test
    void sectionsFollowTheFile() throws IOException {
        run("base", "1", 0.3, 20);
        Files.writeString(
                runs.resolve("studies.tsv"), "Scenes\tA\tbase\tbase\nScenes\tB\tbase\tbase\nCells\tC\tbase\tbase\n");
        assertThat(Studies.page(runs, "# Studies"))
                .containsOnlyOnce("## Scenes")
                .containsOnlyOnce("## Cells")
                .contains("B: [base]");
    }

    @Test
    void aBrokenListIsRefused() throws IOException {
        Files.writeString(runs.resolve("studies.tsv"), "Scenes\tA\n");
        assertThatThrownBy(() -> Studies.page(runs, "")).hasMessageContaining("section, title, without and with");
    }
}
