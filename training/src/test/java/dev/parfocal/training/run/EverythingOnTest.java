package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run with every technique at once goes on after a stop as if there had been none. */
class EverythingOnTest {
    private static final String EVERYTHING = """
            model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: batch, input: {width: 96, height: 96},
              precision: bfloat16}
            guard: {policy: rollback}
            batch: 3
            threads: 2
            epochs: 3
            ema: 0.9
            optimizer: {kind: sgd, learningRate: 0.01, clip: {value: 0.5, ratio: 0.1, norm: 5}}
            loss: {classification: {loss: focal}, successor: {loss: slide}, box: {loss: wiou_v3, set: {mean: 0.8}}, gain: {mode: auto}}
            tasks: {presence: {}, count: {loss: smooth_l1, set: {beta: 2}}, quality: {target: centerness}}
            sampling: {rare: 1, below: 0.9}
            curriculum:
              - classification.gamma: linear 0 to 2
              - successor: linear 0 to 1 during 0.2 to 0.8
              - count.weight: cosine 0.5 to 1
              - assigner.topK: linear 12 to 6
              - objects.easiest: linear 0.5 to 1
              - objects.sizeExponent: linear 1 to 0
              - sampling.rare: linear 1 to 0
            """;

    private static final int STOP_AFTER = 4;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
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

    @ParameterizedTest
    @ValueSource(strings = {"{kind: gradnorm, rate: 0.1}", "{kind: dwa, between: tasks, period: 2}", "{kind: pcgrad}"})
    void aResumedRunHasTheBitsOfAnUninterruptedOne(String balance) throws IOException {
        RunConfig config = RunConfig.parse(EVERYTHING + "balance: " + balance + "\n", "everything.yaml");
        String name = config.balance().kind();
        Path whole = folder.resolve(name + "-whole");
        Path parts = folder.resolve(name + "-parts");
        train(config, whole, false, 0);
        TrainingResult first = train(config, parts, false, STOP_AFTER);
        assertThat(first.interrupted()).isTrue();
        assertThat(first.steps()).isEqualTo(STOP_AFTER);
        assertThat(train(config, parts, true, 0).steps()).isEqualTo(9);
        RunDirectory expected = new RunDirectory(whole);
        RunDirectory resumed = new RunDirectory(parts);
        assertThat(Files.readAllBytes(resumed.weights())).isEqualTo(Files.readAllBytes(expected.weights()));
        assertSame(TensorFile.read(resumed.checkpoint()), TensorFile.read(expected.checkpoint()));
        assertThat(lines(resumed)).isEqualTo(lines(expected)).hasSize(10);
    }

    private static void assertSame(TensorFile actual, TensorFile expected) {
        Map<String, String> notes = new LinkedHashMap<>(expected.notes());
        notes.put("seconds", actual.notes().getOrDefault("seconds", ""));
        assertThat(actual.notes()).isEqualTo(notes);
        assertThat(notes.keySet()).contains("gain/classification", "state/successor/mean", "state/box/mean");
        assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
        expected.tensors()
                .forEach((name, entry) ->
                        assertThat(actual.values(name, entry.shape())).as(name).isEqualTo(entry.values()));
    }

    /** The lines of the steps and of the evaluation, without the times. */
    private static List<JsonNode> lines(RunDirectory run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.metrics())) {
            ObjectNode node = (ObjectNode) new JsonMapper().readTree(line);
            node.remove("milliseconds");
            lines.add(node);
        }
        return lines;
    }
}
