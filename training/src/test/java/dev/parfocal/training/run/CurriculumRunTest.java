package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Curricula in whole runs. */
class CurriculumRunTest {
    private static final String TINY = """
            model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: group, input: {width: 96, height: 96}}
            batch: 4
            threads: 1
            """;

    private static final String EVERYTHING = TINY + """
            epochs: 3
            loss: {classification: {loss: focal}, successor: {loss: varifocal}}
            sampling: {rare: 1, below: 1}
            curriculum:
              - classification.gamma: linear 0 to 2
              - distribution.weight: linear 0 to 1
              - successor: linear 0 to 1 during 0.2 to 0.8
              - assigner.topK: linear 4 to 10
              - assigner.minIou: linear 0 to 0.2
              - objects.minSize: step 24, 0 at 0.5
              - objects.sizeExponent: linear 1 to 0
              - objects.maxLoss: linear 10 to 30
              - objects.easiest: linear 0.5 to 1
              - sampling.rare: linear 1 to 0
            """;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
    }

    private static TrainingResult train(String config, String run, boolean resume, ProgressListener listener) {
        RunConfig parsed = RunConfig.parse(config, "test.yaml");
        return Trainer.train(parsed, scenes, scenes, folder.resolve(run), resume, listener);
    }

    private static ProgressListener interruptAfter(long steps) {
        return new ProgressListener() {
            @Override
            public void step(Step step) {
                if (step.step() == steps) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static List<JsonNode> steps(String run) throws IOException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
            JsonNode node = new JsonMapper().readTree(line);
            if (node.has("losses")) {
                steps.add(node);
            }
        }
        return steps;
    }

    @Test
    void aResumedRunHasTheBitsOfAnUninterruptedOne() throws IOException {
        train(EVERYTHING, "whole", false, ProgressListener.SILENT);
        assertThat(train(EVERYTHING, "parts", false, interruptAfter(3)).interrupted())
                .isTrue();
        train(EVERYTHING, "parts", true, ProgressListener.SILENT);
        RunDirectory whole = new RunDirectory(folder.resolve("whole"));
        RunDirectory parts = new RunDirectory(folder.resolve("parts"));
        assertThat(Files.readAllBytes(parts.weights())).isEqualTo(Files.readAllBytes(whole.weights()));
        assertThat(TensorFile.read(parts.checkpoint()).tensors().keySet())
                .isEqualTo(TensorFile.read(whole.checkpoint()).tensors().keySet());
    }

    @Test
    void valuesFollowTheirSchedulesAndAreRecorded() throws IOException {
        String config = TINY + """
                epochs: 3
                loss: {classification: {loss: focal}, successor: {loss: bce}}
                curriculum: [{classification.gamma: linear 0 to 2}, {successor: linear 0 to 1}, {box.weight: linear 1 to 0}]
                """;
        train(config, "recorded", false, ProgressListener.SILENT);
        List<JsonNode> steps = steps("recorded");
        JsonNode first = steps.get(0);
        JsonNode last = steps.get(steps.size() - 1);
        assertThat(first.at("/curriculum/classification.gamma").asDouble(-1)).isZero();
        assertThat(last.at("/curriculum/classification.gamma").asDouble(-1)).isEqualTo(2);
        assertThat(first.at("/weighted/successor").asDouble(-1)).isZero();
        assertThat(first.at("/losses/successor").asDouble(-1)).isPositive();
        assertThat(last.at("/weighted/classification").asDouble(-1)).isZero();
        assertThat(last.at("/weighted/box").asDouble(-1)).isZero();
    }

    @Test
    void aConstantScheduleIsTheConstant() throws IOException {
        String focal = TINY + "loss: {classification: {loss: focal, set: {gamma: 1.5}}}\nepochs: 1\n";
        train(focal, "constant", false, ProgressListener.SILENT);
        train(
                TINY + "loss: {classification: {loss: focal}}\nepochs: 1\n"
                        + "curriculum: [{classification.gamma: 1.5}, {box.weight: 1}, {assigner.topK: 10}]\n",
                "scheduled",
                false,
                ProgressListener.SILENT);
        double expected = steps("constant").get(0).at("/losses/classification").asDouble();
        double scheduled =
                steps("scheduled").get(0).at("/losses/classification").asDouble();
        assertThat(scheduled).isCloseTo(expected, withinPercentage(1e-3));
    }

    @Test
    void aBadRuleStopsARunBeforeItWritesAnything() {
        assertThatThrownBy(() -> train(
                        TINY + "curriculum: [{classification.gamma: linear 0 to 9}]\n",
                        "bad",
                        false,
                        ProgressListener.SILENT))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("outside its range");
        assertThat(folder.resolve("bad")).doesNotExist();
    }
}
