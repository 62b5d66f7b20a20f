package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of small models of every family. */
class FamiliesRunTest {
    private static final int STOP_AFTER = 3;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 6);
    }

    private static TrainingResult train(RunConfig config, Path run, boolean resume, long stopAfter) {
        return Trainer.train(config, scenes, scenes, run, resume, new ProgressListener() {
            @Override
            public void step(Step step) {
                if (step.step() == stopAfter) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    /** Attention in the neck, averages of positives, draws of denoising and of samplers go on, too. */
    @ParameterizedTest
    @CsvSource({
        "dense, model.neck.attention, [32]",
        "retinanet, loss.dense.classification.divide, moving_average",
        "fcos, model.neck.attention, '[16, 64]'",
        "faster_rcnn, model.neck.attention, [32]",
        "nanodet, model.neck.attention, [8]",
        "yolox, model.neck.attention, [32]",
        "rt_detr, record.signals, 1"
    })
    void aResumedRunHasTheBitsOfAnUninterruptedOne(String family, String key, String value) throws IOException {
        RunConfig config = SmallModels.of(family)
                .overlay("{epochs: 2, batch: 3}", "the test")
                .withTexts(Map.of(key, value), "the test")
                .value();
        Path whole = folder.resolve(family + "-whole");
        Path parts = folder.resolve(family + "-parts");
        assertThat(train(config, whole, false, 0).steps()).isEqualTo(4);
        assertThat(train(config, parts, false, STOP_AFTER).interrupted()).isTrue();
        train(config, parts, true, 0);
        assertThat(Files.readAllBytes(new RunDirectory(parts).weights()))
                .isEqualTo(Files.readAllBytes(new RunDirectory(whole).weights()));
    }

    /** A schedule, a balance and a gain reach each component by its name, whatever output it belongs to. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            faster_rcnn | rpn.box              | roi.classification.weight      | rpn.classification
            rt_detr     | decoder1.coordinates | decoder0.classification.gamma  | encoder.classification
            """)
    void settingsReachComponentsByTheirNames(String family, String box, String parameter, String classification)
            throws IOException {
        RunConfig config = SmallModels.of(family)
                .overlay("""
                        epochs: 1
                        batch: 3
                        loss: {gain: {kind: auto, share: 0.4}}
                        balance: {kind: dwa, period: 1}
                        curriculum:
                          - %s.weight: step 0, 1 at 0.5
                          - %s: linear 1 to 2
                        """.formatted(box, parameter), "the test")
                .value();
        Path run = folder.resolve(family + "-settings");
        train(config, run, false, 0);
        List<StepRecord> steps = RunRecord.read(new RunDirectory(run).metrics()).steps();
        assertThat(steps).hasSize(2);
        assertThat(steps.get(0).components().get(box).weighted()).isZero();
        assertThat(steps.get(0).components().get(box).value()).isPositive();
        assertThat(steps.get(1).components().get(box).weighted()).isPositive();
        assertThat(steps.get(0).more().get("curriculum")).containsKeys(box + ".weight", parameter);
        assertThat(steps.get(1).more().get("gain").get(classification)).isPositive();
        assertThat(steps.get(1).more().get("balance")).containsKeys(box, classification);
    }

    @Test
    void anImageWithMoreObjectsThanQueriesIsRefusedBeforeAnythingIsWritten() {
        RunConfig config = SmallModels.of("rt_detr")
                .with("model.decoder.queries", 1, "the test")
                .value();
        Path run = folder.resolve("crowded");
        assertThatThrownBy(() -> train(config, run, false, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(
                        "scene0.png has 2 objects, but model.decoder.queries is 1, and each query learns one object")
                .hasMessageEndingWith("raise model.decoder.queries");
        assertThat(run).doesNotExist();
    }
}
