package dev.parfocal.training.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Scenes;
import dev.parfocal.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On records of real models. */
class DiagnosisTest {
    private static final String TINY = """
            model: {widths: [8, 8, 8, 8, 8], neck: 8, regMax: null, normalization: group, input: {width: 192, height: 192}}
            batch: 4
            threads: 1
            epochs: 1
            """;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
    }

    private static RunConfig config(String loss) {
        return RunConfig.parse(TINY + "loss: {distribution: null, classification: {loss: '" + loss + "'}}\n", "tiny");
    }

    private static Diagnosis fresh(String loss) {
        return Diagnosis.beforeTraining(config(loss), scenes, 2);
    }

    @Test
    void theDefaultLossStartsWell() {
        Diagnosis diagnosis = fresh("varifocal");
        assertThat(diagnosis.steps()).isEqualTo(2);
        assertThat(diagnosis.findings()).extracting(Finding::severity).doesNotContain(Severity.SEVERE);
        assertThat(diagnosis.findings()).extracting(Finding::rule).doesNotContain("prior-bias", "normalizer");
        assertThat(diagnosis.figures()).containsKeys("loss", "gradient at first", "by class", "points", "a step");
    }

    @Test
    void objectsBeyondTheDistributionsAreToldOf() {
        RunConfig near = RunConfig.parse(TINY.replace("regMax: null", "regMax: 1"), "near");
        RunConfig far = RunConfig.parse(TINY.replace("regMax: null", "regMax: 16"), "far");

        // Objects of 32 px from a point to a side fit into 64 px.
        assertThat(Reach.finding(near, scenes)).hasValueSatisfying(finding -> {
            assertThat(finding.what())
                    .contains("are larger than the distributions reach: 32 px from a point to a side");
            assertThat(finding.numbers().get("beyond")).isPositive();
        });
        assertThat(Reach.finding(far, scenes)).isEmpty();
        assertThat(Reach.finding(config("varifocal"), scenes))
                .as("plain distances")
                .isEmpty();
    }

    @Test
    void aLossThatDividesByElementsIsSlow() {
        assertThat(fresh("bce").findings())
                .filteredOn(finding -> finding.rule().equals("normalizer"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).startsWith("normaliser is elements"));
    }

    @Test
    void aLossWithoutAPriorFloodsTheFirstSteps() throws IOException {
        Path loss = Files.writeString(folder.resolve("plain.loss"), """
                # Cross-entropy without a recipe.
                # Nobody.
                loss plain(logit; target in [0, 1])

                normalize by positives

                p = sigmoid(logit)
                -(target * log(p) + (1 - target) * log(1 - p))
                """);
        assertThat(fresh(loss.toString()).findings())
                .filteredOn(finding -> finding.rule().equals("prior-bias"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).startsWith("prior bias missing: the first classification loss is ");
                    assertThat(finding.change()).contains("'prior 0.01'");
                    assertThat(finding.numbers().get("shareAbove0.1")).isGreaterThan(0.9);
                });
    }

    @Test
    void aRunIsReadFromItsFiles() {
        Path run = folder.resolve("run");
        Trainer.train(config("varifocal"), scenes, scenes, run, false, ProgressListener.SILENT);
        Diagnosis diagnosis = Diagnosis.ofRun(run);
        assertThat(diagnosis.steps()).isEqualTo(2);
        assertThat(diagnosis.findings()).extracting(Finding::rule).contains("no-precision");
    }

    @Test
    void aFolderWithoutARunIsRefused() {
        assertThatThrownBy(() -> Diagnosis.ofRun(folder.resolve("nothing")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("nothing is not a folder");
        assertThatThrownBy(() -> Diagnosis.ofRun(folder))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("not the folder of a training run");
    }
}
