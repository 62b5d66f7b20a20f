package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.task.ImageScore;
import dev.parfocal.training.task.ImageTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tasks beside detection, and the balance between all losses, through whole runs. */
class TasksTest {
    private static final String TINY = """
            model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: group, input: {width: 96, height: 96}}
            augment: {shift: 0, minScale: 1, maxScale: 1}
            batch: 4
            threads: 1
            epochs: 2
            tasks: {presence: {}, count: {}, quality: {}}
            """;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
    }

    private static RunConfig config(String more) {
        return RunConfig.configuration()
                .overlay(TINY, "tiny.yaml")
                .overlay(more, "more.yaml")
                .value();
    }

    private static TrainingResult train(RunConfig config, String run) {
        return Trainer.train(config, scenes, scenes, folder.resolve(run), false, ProgressListener.SILENT);
    }

    private static List<JsonNode> steps(Path run) throws IOException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : Files.readAllLines(new RunDirectory(run).metrics())) {
            JsonNode node = new JsonMapper().readTree(line);
            if (node.has("losses")) {
                steps.add(node);
            }
        }
        return steps;
    }

    @Test
    void everyTaskIsLearnt() throws IOException {
        TrainingResult result = train(config("epochs: 60\nema: 0.9\noptimizer: {learningRate: 0.004}\n"), "learnt");
        assertThat(result.metrics()).containsKeys("presence/accuracy/disc", "count/MAE/square");
        assertThat(result.metrics().get("presence/accuracy")).isEqualTo(1);
        assertThat(result.metrics().get("count/MAE")).isLessThan(0.25);
        assertThat(result.metrics().get("AP50")).isGreaterThan(0.8);
        List<JsonNode> steps = steps(result.run());
        for (String component : List.of("presence", "count", "quality", "classification", "box", "distribution")) {
            double first = steps.get(0).get("losses").get(component).asDouble();
            double last =
                    steps.get(steps.size() - 1).get("losses").get(component).asDouble();
            assertThat(last).as(component).isLessThan(first);
        }
        assertThat(result.run().resolve("count.loss")).content().contains("loss poisson");
        Detector detector = Detector.load(result.run());
        assertThat(detector.examine(scenes).answered())
                .containsEntry("count/MAE", result.metrics().get("count/MAE"));
        Sample sample = scenes.samples().get(0);
        Map<ImageTarget, float[]> answers = detector.answers(ImageFiles.read(sample.file()));
        for (int label = 0; label < 2; label++) {
            int wanted = label;
            long there = sample.annotations().stream()
                    .filter(a -> a.label() == wanted)
                    .count();
            assertThat(answers.get(ImageTarget.PRESENCE)[label] > 0.5).isEqualTo(there > 0);
            assertThat(Math.round(answers.get(ImageTarget.COUNT)[label])).isEqualTo(there);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fixed       | {kind: fixed}
            uncertainty | {kind: uncertainty, rate: 0.1}
            gradnorm    | {kind: gradnorm, rate: 0.1}
            dwa         | {kind: dwa, period: 1}
            pcgrad      | {kind: pcgrad}
            cagrad      | {kind: cagrad}
            """)
    void everyBalanceTrainsAndIsRecorded(String kind, String section) throws IOException {
        TrainingResult result = train(config("balance: " + section + "\n"), kind);
        List<JsonNode> steps = steps(result.run());
        assertThat(steps).hasSize(4);
        JsonNode last = steps.get(3);
        assertThat(last.get("total").asDouble()).isFinite();
        if (kind.equals("fixed")) {
            assertThat(last.has("balance")).isFalse();
            return;
        }
        JsonNode balance = last.get("balance");
        assertThat(balance.propertyNames())
                .containsExactly("classification", "box", "distribution", "presence", "count", "quality");
        boolean adapts = !kind.equals("pcgrad") && !kind.equals("cagrad");
        assertThat(balance.get("box").asDouble() != 1).isEqualTo(adapts);
        double weighted = last.get("losses").get("box").asDouble()
                * 2
                * balance.get("box").asDouble();
        assertThat(last.get("weighted").get("box").asDouble()).isBetween(0.999 * weighted, 1.001 * weighted);
    }

    @Test
    void tasksCanBeBalancedAsWholes() throws IOException {
        TrainingResult result =
                train(config("balance: {kind: gradnorm, between: tasks, rate: 0.1}\n"), "between-tasks");
        JsonNode balance = steps(result.run()).get(3).get("balance");
        assertThat(balance.get("box")).isEqualTo(balance.get("classification"));
        assertThat(balance.get("box")).isNotEqualTo(balance.get("count"));
    }

    @Test
    void aTaskTakesAUsersLossAndRefusesOneThatDoesNotFit() throws IOException {
        Path own = Files.writeString(folder.resolve("squares.loss"), """
                # Squares of counts.
                loss squares(x; n in [0, 10000])
                normalize by elements
                (x - n)^2 / 2
                """);
        TrainingResult result = train(config("epochs: 1\ntasks: {count: {loss: '" + own + "', weight: 0.1}}\n"), "own");
        assertThat(result.metrics()).containsKey("count/MAE");
        assertRefused("tasks: {count: {loss: bce}}", "tasks.count", "may be from 0 to 1000", "[0.0, 1.0]");
        assertRefused("tasks: {presence: {loss: giou}}", "tasks.presence needs a loss of kind POINTWISE", "BOX");
        assertRefused("tasks: {quality: {loss: varifocal_detached}}", "tasks.quality", "quality, label");
        assertThatThrownBy(() -> config("tasks: {counts: {}}")).hasMessageContaining("did you mean 'count'?");
        assertThatThrownBy(() -> config("tasks: {count: {wieght: 1}}")).hasMessageContaining("did you mean 'weight'?");
        assertThatThrownBy(() -> config("tasks: {count: {weight: -1}}")).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> RunConfig.parse("model: {kind: retinanet}\ntasks: {count: {}}\n", "two.yaml"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("tasks.count: the model retinanet has no outputs for further tasks");
        assertThatThrownBy(() -> config("balance: {kind: dwa, floor: 0}"))
                .hasMessageContaining("floor must be above 0");
    }

    private static void assertRefused(String text, String... parts) {
        Path run = folder.resolve("refused");
        assertThatThrownBy(() -> Trainer.train(config(text), scenes, scenes, run, false, ProgressListener.SILENT))
                .isInstanceOf(ParfocalException.class)
                .message()
                .contains(parts);
        assertThat(run).doesNotExist();
    }

    @Test
    void answersAreScoredBesideTheBestConstants() {
        dev.parfocal.detection.box.Box box = new dev.parfocal.detection.box.Box(0, 0, 9, 9);
        ImageScore counts = new ImageScore(ImageTarget.COUNT, Scenes.CATEGORIES);
        ImageScore presence = new ImageScore(ImageTarget.PRESENCE, Scenes.CATEGORIES);
        for (int discs = 0; discs < 3; discs++) {
            List<Annotation> objects = java.util.Collections.nCopies(discs, Annotation.of(box, 0));
            counts.add(new float[] {discs + 0.5f, 0.25f}, objects);
            presence.add(new float[] {discs == 2 ? 0.4f : 0.6f, 0.1f}, objects);
        }
        assertThat(counts.metrics())
                .containsEntry("count/MAE/disc", 0.5)
                .containsEntry("count/MAE", 0.375)
                .containsEntry("count/MAEConstant", 2.0 / 6);
        assertThat(presence.metrics())
                .containsEntry("presence/accuracy/disc", 1 - 2.0 / 3)
                .containsEntry("presence/accuracy", 1 - 2.0 / 6)
                .containsEntry("presence/accuracyConstant", 1 - 1.0 / 6);
        assertThat(new ImageScore(ImageTarget.COUNT, Scenes.CATEGORIES).metrics())
                .containsEntry("count/MAE", -1.0);
    }

    @Test
    void crowdsAreNotAskedFor() {
        Annotation crowd = new Annotation(new dev.parfocal.detection.box.Box(0, 0, 9, 9), 1, true, 81);
        List<Annotation> objects = List.of(
                Annotation.of(crowd.box(), 0), Annotation.of(crowd.box(), 0), crowd, Annotation.of(crowd.box(), 2));
        assertThat(ImageTarget.COUNT.targets(objects, 4)).containsExactly(2, -1, 1, 0);
        assertThat(ImageTarget.PRESENCE.targets(objects, 4)).containsExactly(1, -1, 1, 0);
    }
}
