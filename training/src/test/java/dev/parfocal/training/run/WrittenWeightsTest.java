package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.published.PublishedWeights;
import dev.parfocal.training.published.WrittenWeights;
import dev.parfocal.training.weights.WeightFile;
import dev.parfocal.training.weights.file.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's weights, written under the reference's names and used without the run. */
class WrittenWeightsTest {
    @TempDir
    static Path folder;

    private static Dataset scenes;
    private static Path run;

    @BeforeAll
    static void train() {
        scenes = Scenes.draw(folder, 9);
        run = folder.resolve("run");
        Trainer.train(config(), scenes, scenes, run, false, ProgressListener.SILENT);
    }

    private static RunConfig config() {
        return Models.preset("nanodet").overlay("""
                        model:
                          input: {width: 96, height: 96}
                          backbone: {width: 8, depths: [1, 1, 1, 1]}
                          neck: 16
                          regMax: 6
                        batch: 4
                        threads: 1
                        epochs: 1
                        """, "small.yaml").value();
    }

    private static Path written(String name) {
        Path file = folder.resolve(name);
        Detector.write(run, file);
        return file;
    }

    @Test
    void theFileFindsWhatTheRunFinds() {
        Path file = written("found.safetensors");
        WeightSource source = WeightFile.open(file);
        RunConfig config = WrittenWeights.configuration(source)
                .orElseThrow()
                .with("threads", 1, "test")
                .value();
        assertThat(config.model()).isEqualTo(config().model());
        List<Category> categories = PublishedWeights.categories(source, config);
        assertThat(categories).isEqualTo(Scenes.CATEGORIES);
        assertThat(Detector.published(config, file, categories).detect(scenes.samples()))
                .isNotEmpty()
                .isEqualTo(Detector.load(run).detect(scenes.samples()));
    }

    @Test
    void theFileSaysNothingOfWhereTheRunWas() {
        assertThat(WeightFile.open(written("notes.safetensors")).notes().values())
                .noneMatch(note -> note.contains(folder.toString()));
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws IOException {
        Path there = Files.writeString(folder.resolve("there.safetensors"), "mine");
        assertThatThrownBy(() -> Detector.write(run, there))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("is there already");
        assertThat(there).hasContent("mine");
        assertThatThrownBy(() -> Detector.write(folder, folder.resolve("none.safetensors")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no trained weights");
    }

    @Test
    void weightsOfOtherClassesAreNotUsedAsTheyAre() {
        Path file = written("classes.safetensors");
        List<Category> three = List.of(new Category(1, "a"), new Category(2, "b"), new Category(3, "c"));
        assertThatThrownBy(() -> Detector.published(config(), file, three))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("would start anew");
    }

    @Test
    void aModelOfOtherMeasuresIsToldTheFiles() {
        Path file = written("measures.safetensors");
        RunConfig wider = config().change().with("model.neck.width", 24, "test").value();
        assertThatThrownBy(() -> Detector.published(wider, file, Scenes.CATEGORIES))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("model.neck.width=16");
    }
}
