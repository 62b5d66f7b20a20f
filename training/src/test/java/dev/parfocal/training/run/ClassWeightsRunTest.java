package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.classes.ClassWeights;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.LossComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights by count are derived at the start of a run, told, kept, and the same when it is resumed. */
class ClassWeightsRunTest {
    private static final String TINY = """
        model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: group, input: {width: 96, height: 96}}
        batch: 4
        threads: 1
        epochs: 1
        loss: {classification: {loss: focal, classWeights: {balanced: effective, beta: 0.9}, smoothing: 0.1}}
        """;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 8);
    }

    private static LossComponent classification(String run) {
        return RunConfig.read(folder.resolve(run).resolve("config.yaml")).classification();
    }

    @Test
    void areDerivedOnceAndKept() throws IOException {
        RunConfig config = RunConfig.parse(TINY, "tiny.yaml");
        Map<String, Map<String, Double>> told = new LinkedHashMap<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void weighed(Map<String, Map<String, Double>> weights) {
                told.putAll(weights);
            }
        };
        Trainer.train(config, scenes, scenes, folder.resolve("whole"), false, listener);
        ClassWeights kept = Objects.requireNonNull(classification("whole").classWeights());
        assertThat(told).isEqualTo(Map.of("loss.classification", kept.named()));
        assertThat(kept.balanced()).isNull();
        assertThat(kept.named().keySet())
                .containsExactlyElementsOf(
                        scenes.categories().stream().map(Category::name).toList());
        assertThat(kept.named().values().stream().mapToDouble(w -> w).average().orElseThrow())
                .isCloseTo(1, within(1e-12));

        ProgressListener stop = new ProgressListener() {
            @Override
            public void step(Step step) {
                if (step.step() == 1) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Path parts = folder.resolve("parts");
        assertThat(Trainer.train(config, scenes, scenes, parts, false, stop).interrupted())
                .isTrue();
        Trainer.train(config, scenes, scenes, parts, true, ProgressListener.SILENT);
        assertThat(Files.readAllBytes(new RunDirectory(parts).weights()))
                .isEqualTo(Files.readAllBytes(new RunDirectory(folder.resolve("whole")).weights()));
    }

    @Test
    void aClassWithoutObjectsIsNamed() {
        List<Category> more = new ArrayList<>(scenes.categories());
        more.add(new Category(99, "unicorn"));
        Dataset data = new Dataset(scenes.name(), more, scenes.samples(), scenes.splits());
        RunConfig config = RunConfig.parse(TINY, "tiny.yaml");
        Path run = folder.resolve("none");
        assertThatThrownBy(() -> Trainer.train(config, data, data, run, false, ProgressListener.SILENT))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(
                        "loss.classification.classWeights: the class unicorn has no object among the images to train"
                                + " on");
        assertThat(run).doesNotExist();
    }

    @Test
    void configurationsNameClassesOrBalance() {
        RunConfig named = RunConfig.parse(
                "loss: {classification: {loss: focal, classWeights: {car: 2}, perClass: {alpha: {bus: 0.4}}}}",
                "own.yaml");
        assertThat(Objects.requireNonNull(named.classification().classWeights()).named())
                .isEqualTo(Map.of("car", 2.0));
        assertThat(named.classification().perClass()).isEqualTo(Map.of("alpha", Map.of("bus", 0.4)));
        assertThat(RunConfig.parse(named.toYaml(), "again.yaml")).isEqualTo(named);
        RunConfig other = named.change()
                .overlay("loss: {classification: {loss: varifocal}}", "other.yaml")
                .value();
        assertThat(other.classification().perClass()).isEmpty();
        assertThatThrownBy(
                        () -> RunConfig.parse("loss: {classification: {classWeights: {balanced: even}}}", "own.yaml"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("classWeights.balanced");
    }
}
