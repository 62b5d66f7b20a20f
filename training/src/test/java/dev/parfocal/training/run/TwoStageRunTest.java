package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.engine.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a small Faster R-CNN, whose samplers draw anew in every step. */
class TwoStageRunTest {
    private static final int STOP_AFTER = 3;

    private static final Configuration<RunConfig> SMALL =
            Models.preset("faster_rcnn").overlay("""
                    model:
                      input: {width: 64, height: 64}
                      backbone: {width: 8, depths: [1, 1, 1, 1], norm: {kind: batch}}
                      neck: 16
                      rpn: {training: {perLevel: 50, kept: 40}, use: {perLevel: 50, kept: 20}}
                      roi: {align: {size: 3}, hidden: 32}
                    loss: {rpn: {sampler: {size: 32}}, roi: {sampler: {size: 16}}}
                    epochs: 3
                    batch: 3
                    threads: 1
                    """, "small.yaml");

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

    /** With losses of other kinds in both stages, too. */
    @ParameterizedTest
    @CsvSource({
        "reference, loss.rpn.classification.loss, bce",
        "focal, loss.rpn.classification.loss, focal",
        "sigmoid, loss.roi.classification.loss, focal",
        "gain, loss.gain.kind, auto",
        "balance, balance.kind, gradnorm"
    })
    void aResumedRunHasTheBitsOfAnUninterruptedOne(String name, String key, String value) throws IOException {
        RunConfig config = SMALL.withTexts(Map.of(key, value), "the test").value();
        Path whole = folder.resolve(name + "-whole");
        Path parts = folder.resolve(name + "-parts");
        assertThat(train(config, whole, false, 0).steps()).isEqualTo(6);
        assertThat(train(config, parts, false, STOP_AFTER).interrupted()).isTrue();
        train(config, parts, true, 0);
        assertThat(Files.readAllBytes(new RunDirectory(parts).weights()))
                .isEqualTo(Files.readAllBytes(new RunDirectory(whole).weights()));
        assertThat(TensorFile.read(new RunDirectory(parts).checkpoint()).tensors())
                .hasSameSizeAs(
                        TensorFile.read(new RunDirectory(whole).checkpoint()).tensors());
    }

    @Test
    void aSlotOrAnAssignerOfTheWrongKindIsRefused() {
        assertThatThrownBy(() -> criterion("loss.rpn.classification.loss", "softmax_focal"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.rpn.classification");
        assertThatThrownBy(() -> criterion("loss.roi.box.loss", "distribution_focal"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.roi.box needs a loss of kind BOX or POINTWISE");
        assertThatThrownBy(() -> criterion("loss.roi.classification.loss", "giou"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("loss.roi.classification needs a loss of kind ROW or POINTWISE, but giou is of kind BOX");
        assertThatThrownBy(() -> criterion("loss.rpn.box.loss", "focal"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("loss.rpn.box: coordinates are any numbers, but focal takes targets in [0, 1]");
        assertThatThrownBy(() -> criterion("loss.roi.assigner.kind", "task_aligned"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("task_aligned does not suit roi");
    }

    private static Criterion criterion(String key, String value) {
        RunConfig config = SMALL.withTexts(Map.of(key, value), "the test").value();
        return new Criterion(config.supervision(), config.loss().gain(), config.model(), 2);
    }
}
