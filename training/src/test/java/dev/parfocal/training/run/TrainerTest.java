package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrainerTest {
    private static final String TINY = """
            model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: group, input: {width: 96, height: 96}}
            augment: {shift: 0.05, minScale: 0.9, maxScale: 1.1}
            batch: 4
            threads: 1
            epochs: 3
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

    private static TrainingResult train(RunConfig config, String run, boolean resume) {
        return Trainer.train(config, scenes, scenes, folder.resolve(run), resume, ProgressListener.SILENT);
    }

    /** Interrupts the training thread after some steps. */
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

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "sgd"})
    void aResumedRunHasTheBitsOfAnUninterruptedOne(String optimizer) throws IOException {
        RunConfig config = config("optimizer: {kind: " + optimizer + ", clip: {value: 0.1, ratio: 0.05}}\n"
                + (optimizer.equals("sgd")
                        ? "model: {normalization: batch, regMax: null, precision: bfloat16}\nloss: {distribution: null, gain: {mode: auto}}\n"
                        : ""));
        train(config, optimizer + "-whole", false);
        Path parts = folder.resolve(optimizer + "-parts");
        TrainingResult first = Trainer.train(config, scenes, scenes, parts, false, interruptAfter(3));
        assertThat(first.interrupted()).isTrue();
        assertThat(first.steps()).isEqualTo(3);
        TrainingResult second = train(config, optimizer + "-parts", true);
        assertThat(second.interrupted()).isFalse();
        assertThat(second.steps()).isEqualTo(6);
        RunDirectory whole = new RunDirectory(folder.resolve(optimizer + "-whole"));
        RunDirectory resumed = new RunDirectory(parts);
        assertThat(Files.readAllBytes(resumed.weights())).isEqualTo(Files.readAllBytes(whole.weights()));
        assertSameTensors(TensorFile.read(resumed.checkpoint()), TensorFile.read(whole.checkpoint()));
        assertThat(losses(resumed)).isEqualTo(losses(whole)).hasSize(6);
    }

    @Test
    void recordedSignalsChangeNothing() throws IOException {
        train(config("epochs: 1\nrecord: {signals: 2}\n"), "signals", false);
        train(config("epochs: 1\n"), "silent", false);
        RunDirectory watched = new RunDirectory(folder.resolve("signals"));
        RunDirectory silent = new RunDirectory(folder.resolve("silent"));
        assertThat(Files.readAllBytes(watched.weights())).isEqualTo(Files.readAllBytes(silent.weights()));
        List<StepRecord> steps = RunRecord.read(watched.metrics()).steps();
        assertThat(steps).extracting(step -> step.signals() != null).containsExactly(true, false);
        Signals signals = java.util.Objects.requireNonNull(steps.get(0).signals());
        assertThat(signals.gradients())
                .containsKeys("logits", "boxes", "head.classes", "pyramid.stride8", "backbone.stride8");
        assertThat(signals.gradients().get("logits")).containsOnlyKeys("classification");
        assertThat(signals.gradients().get("boxes")).containsOnlyKeys("distribution", "box");
        assertThat(signals.gradients().get("pyramid.stride8"))
                .containsOnlyKeys("classification", "distribution", "box");
        assertThat(signals.outputs().get("dense").positives())
                .isEqualTo(steps.get(0).matching().levels());
    }

    private static void assertSameTensors(TensorFile actual, TensorFile expected) {
        assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
        expected.tensors()
                .forEach((name, entry) ->
                        assertThat(actual.values(name, entry.shape())).isEqualTo(entry.values()));
    }

    private static List<String> losses(RunDirectory run) throws IOException {
        List<String> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.metrics())) {
            JsonNode node = new JsonMapper().readTree(line);
            if (node.has("losses")) {
                losses.add(node.get("step") + " " + node.get("losses") + " " + node.get("gradientNorm"));
            }
        }
        return losses;
    }

    /** The lines of the record without the times. */
    private static List<JsonNode> lines(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(new RunDirectory(run).metrics())) {
            ObjectNode node = (ObjectNode) new JsonMapper().readTree(line);
            node.remove("milliseconds");
            lines.add(node);
        }
        return lines;
    }

    @Test
    void anEvaluationThatAStopCutOffIsMadeUpFor() throws IOException {
        RunConfig config = config("evaluateEvery: 1\n");
        train(config, "evaluated-whole", false);
        Path parts = folder.resolve("evaluated-parts");
        // The second step ends the first epoch: the checkpoint is written, its evaluation is not reached.
        Trainer.train(config, scenes, scenes, parts, false, interruptAfter(2));
        assertThat(lines(parts)).noneMatch(line -> line.has("evaluation"));

        train(config, "evaluated-parts", true);
        assertThat(lines(parts))
                .isEqualTo(lines(folder.resolve("evaluated-whole")))
                .filteredOn(line -> line.has("evaluation"))
                .hasSize(3);
        // Once more does nothing, and writes no line twice.
        train(config, "evaluated-parts", true);
        assertThat(lines(parts)).isEqualTo(lines(folder.resolve("evaluated-whole")));
    }

    @Test
    void aRunThatWasKilledBeforeItsFirstCheckpointGoesOnFromItsStart() throws IOException {
        RunConfig config = config("epochs: 1\n");
        train(config, "first-whole", false);
        Path killed = folder.resolve("first-killed");
        train(config, "first-killed", false);
        RunDirectory run = new RunDirectory(killed);
        Files.delete(run.checkpoint());
        Files.delete(run.weights());
        String lines = Files.readString(run.metrics());
        Files.writeString(run.metrics(), lines.substring(0, lines.indexOf('}') + 1));

        train(config, "first-killed", true);
        assertThat(lines(killed)).isEqualTo(lines(folder.resolve("first-whole")));
        assertThat(run.weights()).hasSameBinaryContentAs(new RunDirectory(folder.resolve("first-whole")).weights());
    }

    @Test
    void aTornCheckpointIsRefusedAndCanBeDoneWithout() throws IOException {
        RunConfig config = config("epochs: 1\n");
        train(config, "torn", false);
        RunDirectory run = new RunDirectory(folder.resolve("torn"));
        byte[] weights = Files.readAllBytes(run.weights());
        Files.write(run.checkpoint(), Arrays.copyOf(Files.readAllBytes(run.checkpoint()), 1000));
        assertRefused(() -> train(config, "torn", true), "not a whole safetensors file", "starts at the first step");
        Files.delete(run.checkpoint());
        train(config, "torn", true);
        assertThat(run.weights()).hasBinaryContent(weights);
    }

    @Test
    void aRunDoesNotGoOnWithOtherImages() {
        RunConfig config = config("epochs: 1\n");
        train(config, "same", false);
        Dataset fewer = scenes.withSamples(scenes.samples().subList(0, 8));
        assertRefused(
                () -> Trainer.train(config, fewer, scenes, folder.resolve("same"), true, ProgressListener.SILENT),
                "has changed (it has 8 images, not 9)");
        List<Sample> other = new ArrayList<>(scenes.samples());
        Sample first = other.get(0);
        other.set(0, new Sample(first.id(), first.file(), first.width(), first.height(), List.of()));
        assertRefused(
                () -> Trainer.train(
                        config,
                        scenes.withSamples(other),
                        scenes,
                        folder.resolve("same"),
                        true,
                        ProgressListener.SILENT),
                "other names or objects");
    }

    @Test
    void learnsAFewPicturesByHeart() {
        RunConfig config = config("epochs: 80\nema: 0.9\noptimizer: {learningRate: 0.004}\n"
                + "augment: {shift: 0, minScale: 1, maxScale: 1}\n");
        TrainingResult result = train(config, "overfit", false);
        assertThat(result.metrics().get("AP50")).isGreaterThan(0.9);
        assertThat(result.metrics().get("AP")).isGreaterThan(0.6);
        assertThat(result.metrics()).containsKeys("AP/disc", "AP/square");
        Detector detector = Detector.load(folder.resolve("overfit"));
        assertThat(detector.categories()).isEqualTo(Scenes.CATEGORIES);
        Sample sample = scenes.samples().get(0);
        List<Detection> found = detector.detect(ImageFiles.read(sample.file()), sample.id());
        Detection best = found.get(0);
        assertThat(best.imageId()).isEqualTo(sample.id());
        assertThat(best.score()).isGreaterThan(0.5);
        assertThat(sample.annotations())
                .anyMatch(a -> a.label() == best.label() && a.box().iou(best.box()) > 0.6);
    }

    @Test
    void refusesADirectoryThatHasARun() {
        train(config("epochs: 1\n"), "taken", false);
        assertRefused(() -> train(config("epochs: 1\n"), "taken", false), "has a run already", "--resume");
        assertRefused(() -> train(config("epochs: 2\n"), "taken", true), "epochs: 1", "epochs: 2");
        assertRefused(() -> train(config(""), "never", true), "no checkpoint");
        List<Category> classes = List.of(new Category(1, "cat"));
        List<Sample> cats = scenes.samples().stream()
                .map(sample -> new Sample(
                        sample.id(),
                        sample.file(),
                        sample.width(),
                        sample.height(),
                        sample.annotations().stream()
                                .map(object -> Annotation.of(object.box(), 0))
                                .toList()))
                .toList();
        Dataset other = new Dataset("cats", classes, cats, Map.of());
        assertRefused(
                () -> Trainer.train(
                        config("epochs: 1\n"), other, other, folder.resolve("taken"), true, ProgressListener.SILENT),
                "disc, square",
                "cat");
    }

    @Test
    void aRunGoesOnWithTheTextsOfLossesItBeganWith() throws IOException {
        Path loss = folder.resolve("own.loss");
        String text = "loss own(logit; target in [0, 1])\n(target - sigmoid(logit))^2\n";
        Files.writeString(loss, text);
        RunConfig own = config("epochs: 1\nloss: {classification: {loss: " + loss + "}}\n");
        train(own, "own", false);
        Files.writeString(loss, text.replace("^2", "^4"));
        assertRefused(() -> train(own, "own", true), "another text of", loss.toString(), "loss-files.json");
        Files.delete(loss);
        assertRefused(() -> train(own, "own", true), "gone", loss.toString(), "loss-files.json");
        Files.writeString(loss, text);
        assertThat(train(own, "own", true).interrupted()).isFalse();
    }

    @Test
    void refusesWeightsOfAnotherModel() throws IOException {
        train(config("epochs: 1\n"), "other", false);
        RunDirectory run = new RunDirectory(folder.resolve("other"));
        Files.writeString(run.config(), Files.readString(run.config()).replace("width: 16", "width: 24"));
        assertRefused(() -> Detector.load(run.path()), "shape", "the model needs");
        Files.delete(run.weights());
        assertRefused(() -> Detector.load(run.path()), "no trained weights");
    }

    @Test
    void refusesDataWithoutImagesBeforeItWritesAnything() {
        Dataset empty = new Dataset("nothing", Scenes.CATEGORIES, List.of(), Map.of());
        Path run = folder.resolve("empty");
        assertRefused(
                () -> Trainer.train(config(""), empty, scenes, run, false, ProgressListener.SILENT),
                "nothing",
                "no images");
        assertRefused(
                () -> Trainer.train(config(""), scenes, empty, run, false, ProgressListener.SILENT),
                "nothing",
                "no images");
        assertThat(run).doesNotExist();
    }

    @Test
    void refusesADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertRefused(
                () -> Trainer.train(config(""), scenes, scenes, file.resolve("run"), false, ProgressListener.SILENT),
                "cannot make the folder");
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndNamesItself() throws IOException {
        Path loss = Files.writeString(folder.resolve("broken.loss"), """
                # A loss that overflows.
                # Nobody.
                loss broken(logit; target in [0, 1])

                exp(100 * (logit * logit + 1)) + target
                """);
        assertRefused(
                () -> train(config("loss: {classification: {loss: '" + loss + "'}}\n"), "broken", false),
                "classification",
                "step 1");
    }

    private static void assertRefused(Runnable task, String... parts) {
        assertThatThrownBy(task::run)
                .isInstanceOf(ParfocalException.class)
                .message()
                .contains(parts);
    }
}
