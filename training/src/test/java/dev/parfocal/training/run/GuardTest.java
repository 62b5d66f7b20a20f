package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Gate;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.guard.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that are not finite are put into runs, and the runs must say where, keep it, explain it and go on as told. */
class GuardTest {
    private static final String TINY = """
            model: {widths: [8, 8, 8, 8, 8], neck: 8, regMax: 4, input: {width: 64, height: 64}}
            batch: 4
            threads: 1
            epochs: 3
            """;
    private static final int PIXEL = 64 * 20 + 31;

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 8);
    }

    private static RunConfig config(String more) {
        return RunConfig.configuration()
                .overlay(TINY, "tiny.yaml")
                .overlay(more, "more.yaml")
                .value();
    }

    private static TrainingResult train(RunConfig config, String run, boolean resume) {
        return train(config, run, resume, ProgressListener.SILENT, UnaryOperator.identity());
    }

    private static TrainingResult train(
            RunConfig config,
            String run,
            boolean resume,
            ProgressListener listener,
            UnaryOperator<Batches.Images> lens) {
        return Gate.pass(() -> new Session(config, scenes, scenes, folder.resolve(run), listener, lens).run(resume));
    }

    /** Poisons one pixel of the given image whenever it comes second in a batch. */
    private static final class Poison implements UnaryOperator<Batches.Images> {
        private final long image;
        private int times;

        Poison(long image) {
            this.image = image;
        }

        @Override
        public Batches.Images apply(Batches.Images images) {
            for (int i = 0; i < images.samples().size(); i++) {
                if (images.samples().get(i).id() == image) {
                    images.planes().put(i * 3 * 64 * 64 + PIXEL, Float.NaN);
                    times++;
                }
            }
            return images;
        }
    }

    private static Path only(String run) throws IOException {
        try (var files = Files.list(folder.resolve(run).resolve("incidents"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static List<JsonNode> lines(String run, String key) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
            JsonNode node = new JsonMapper().readTree(line);
            if (node.has(key)) {
                found.add(node);
            }
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({"batch, float32", "group, bfloat16"})
    void aPoisonedImageIsFoundByNameAndPixel(String normalization, String precision) throws IOException {
        String run = "poisoned-" + normalization;
        RunConfig config = config("model: {normalization: " + normalization + ", precision: " + precision + "}\n");

        String message = refusal(() -> train(config, run, false, ProgressListener.SILENT, new Poison(3)));

        assertThat(message)
                .startsWith("step ")
                .contains(
                        "the classification loss is NaN at image", "level 0 (stride 8), anchor ", "at x ", "class disc")
                .contains("logit = NaN, target = 0.0: value NaN, gradient NaN; the prediction itself is NaN")
                .contains("it begins before: pixels: NaN (1 of 49152 are not finite), the first at image 3 ("
                        + folder.resolve("scene2.png") + "), colour red, y 20, x 31")
                .contains("leave out or mend that image", "parfocal replay " + only(run));
        Replay replay = Replay.of(only(run));
        assertThat(replay.same()).isTrue();
        assertThat(message)
                .startsWith("step " + replay.step() + ": " + replay.verdict().sentence());
        assertThat(replay.verdict().origin().orElseThrow().stage()).isEqualTo(Stage.INPUT);
        assertThat(replay.verdict().layers()).hasSizeGreaterThan(20);
        assertThat(replay.verdict().table()).contains("input     FIRST", "weights   finite", "forward   broken");
    }

    @Test
    void aUsersLossWithTheLogOfARawValueIsFoundByItsSubExpression() throws IOException {
        Path loss = Files.writeString(folder.resolve("raw.loss"), """
                # Cross-entropy that forgot its sigmoid.
                # Nobody.
                loss raw(logit; target in [0, 1])

                p = logit
                -target * log(p) + softplus(p)
                """);
        RunConfig config = config("loss: {classification: {loss: '" + loss + "'}}\n");

        String message = refusal(() -> train(config, "raw", false));

        assertThat(message)
                .startsWith("step 1: the classification loss is NaN at image ")
                .contains("level ", "class ", "log(logit) is NaN there", "'parfocal check'");
        // The file has the loss's text in it: neither the data nor the loss is needed any more.
        Path incident = Files.move(only("raw"), folder.resolve("elsewhere.safetensors"));
        Files.writeString(loss, "something else");
        Replay replay = Replay.of(incident);
        assertThat(replay.same()).isTrue();
        assertThat(replay.verdict().origin().orElseThrow().stage()).isEqualTo(Stage.LOSS);
        assertThat(replay.pictures()).hasSize(4).allMatch(p -> p.file().endsWith(".png"));
    }

    /** A loss that takes the logarithm of a logit, put into the slots of detectors with several outputs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            faster_rcnn | rpn.classification      | , level [0-9] [(]stride [0-9]+[)], anchor [0-9]+ at x [^(]* [(]logit
            faster_rcnn | roi.classification      | , proposal [0-9]+ at x [^,]*, y [^,]*, class [a-z]+ [(]logit
            rt_detr     | encoder.classification  | , query [0-9]+, class [a-z]+ [(]logit
            rt_detr     | decoder1.classification | , query [0-9]+, class [a-z]+ [(]logit
            """)
    void aLossOfAnyOutputIsFoundByItsRow(String family, String slot, String row) throws IOException {
        Path loss = Files.writeString(folder.resolve("raw-" + slot + ".loss"), """
                # Cross-entropy that forgot its sigmoid.
                # Nobody.
                loss raw(logit; target in [0, 1])

                -target * log(logit) + softplus(logit) - log(logit) * (1 - target)
                """);
        RunConfig config = SmallModels.of(family)
                .overlay("{epochs: 1, batch: 3}", "the test")
                .with("loss." + slot + ".loss", loss.toString(), "the test")
                .value();
        assertThat(refusal(() -> train(config, "raw-" + slot, false)))
                .startsWith("step 1: the " + slot + " loss is NaN at image ")
                .containsPattern(row)
                .contains("log(logit) is NaN there");
        assertThat(Replay.of(only("raw-" + slot)).same()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retinanet", "faster_rcnn", "yolox", "rt_detr"})
    void aPoisonedImageIsFoundInEveryFamily(String family) throws IOException {
        RunConfig config = SmallModels.of(family)
                .overlay("{epochs: 2, batch: 3}", "the test")
                .value();
        String run = "poisoned-" + family;
        String message = refusal(() -> train(config, run, false, ProgressListener.SILENT, images -> {
            int size = images.planes().limit() / images.samples().size();
            for (int i = 0; i < images.samples().size(); i++) {
                if (images.samples().get(i).id() == 3) {
                    images.planes().put(i * size + PIXEL, Float.NaN);
                }
            }
            return images;
        }));
        assertThat(message).contains("pixels: NaN (1 of ", "the first at image 3 (", "leave out or mend that image");
        assertThat(Replay.of(only(run)).same()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1e41, adamw, UPDATE", "3e38, sgd, UPDATE", "1e30, sgd, FORWARD"})
    void aHugeLearningRateIsFoundWhereNumbersOverflow(String rate, String optimizer, Stage stage) throws IOException {
        String run = "huge-" + rate;
        RunConfig config =
                config("optimizer: {learningRate: " + rate + ", kind: " + optimizer + ", clip: {norm: null}}\n"
                        + "schedule: {kind: constant, warmup: 0}\n"
                        + "loss: {classification: {weight: 10000}}\n");

        String message = refusal(() -> train(config, run, false));

        assertThat(message).contains("lower optimizer.learningRate");
        Replay replay = Replay.of(only(run));
        assertThat(replay.same()).isTrue();
        assertThat(replay.verdict().origin().orElseThrow().stage())
                .as(replay.verdict().table())
                .isEqualTo(stage);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none     | the gradient of head.classes.bias is infinity (2 of 2 are not finite) | The backward pass made it
            elements | the norm of the gradients is infinity although each of them is finite | the largest gradient is
            """)
    void aGradientThatOverflowsBehindFiniteLossesIsFoundByItsWeight(String divided, String found, String why)
            throws IOException {
        Path loss = Files.writeString(folder.resolve("steep.loss"), """
                # A slope that is finite on each element.
                # Nobody.
                loss steep(logit; target in [0, 1])

                normalize by %s

                3e36 * (logit - stop_gradient(logit)) + target
                """.formatted(divided));
        String run = "steep-" + divided;
        RunConfig config = config("loss: {classification: {loss: '" + loss + "'}}\n");

        String message = refusal(() -> train(config, run, false));

        assertThat(message).startsWith("step 1: " + found).contains(why, "lower optimizer.learningRate");
        Replay replay = Replay.of(only(run));
        assertThat(replay.same()).isTrue();
        assertThat(replay.verdict().table()).contains("loss      finite", "upstream  finite", "gradient  FIRST");
    }

    @Test
    void aSkippedBatchLeavesEverythingAsItWas() throws IOException {
        RunConfig config = config("guard: {policy: skip}\nepochs: 1\n");
        List<Incident> told = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void incident(Incident incident) {
                told.add(incident);
            }
        };
        // Both steps of the only epoch are poisoned: the run ends with the weights that it began with.
        UnaryOperator<Batches.Images> always = images -> {
            images.planes().put(PIXEL, Float.NaN);
            return images;
        };

        TrainingResult result = train(config, "skipped", false, listener, always);

        assertThat(result.steps()).isEqualTo(2);
        assertThat(told).hasSize(2).allMatch(i -> !i.rolledBack() && i.words().contains("pixels: NaN"));
        assertThat(lines("skipped", "incident"))
                .hasSize(2)
                .allMatch(
                        line -> line.path("incident").path("policy").asString().equals("skip"));
        TensorFile weights = TensorFile.read(new RunDirectory(folder.resolve("skipped")).checkpoint());
        TrainingState fresh = TrainingState.of(config, 2);
        fresh.toFile()
                .tensors()
                .forEach((name, entry) ->
                        assertThat(weights.values(name, entry.shape())).as(name).isEqualTo(entry.values()));
        assertThat(weights.notes()).containsEntry("guard/skipped", "2").containsEntry("step", "2");
    }

    @Test
    void tooManySkipsInARowEndTheRun() {
        RunConfig config = config("guard: {policy: skip, skips: 2, keep: 2}\n");
        UnaryOperator<Batches.Images> always = images -> {
            images.planes().put(PIXEL, Float.NaN);
            return images;
        };
        assertThat(refusal(() -> train(config, "enough", false, ProgressListener.SILENT, always)))
                .startsWith("step 3: ")
                .contains("The 2 steps before it were skipped, as many as guard.skips allows");
        assertThat(folder.resolve("enough/incidents").toFile().list())
                .containsExactlyInAnyOrder("step-1.safetensors", "step-3.safetensors");
    }

    @Test
    void rollbacksLowerTheRateUntilTheRunLives() throws IOException {
        RunConfig config = config("optimizer: {learningRate: 3e38, kind: adamw}\n"
                + "guard: {policy: rollback, factor: 1e-20, rollbacks: 3}\nepochs: 2\n");
        List<Incident> told = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void incident(Incident incident) {
                told.add(incident);
            }
        };

        TrainingResult result = train(config, "rolled", false, listener, UnaryOperator.identity());

        assertThat(result.steps()).isEqualTo(4);
        assertThat(told).isNotEmpty().allMatch(Incident::rolledBack);
        assertThat(lines("rolled", "losses"))
                .extracting(line -> line.path("step").asInt())
                .containsExactly(1, 2, 3, 4);
        assertThat(lines("rolled", "incident"))
                .hasSameSizeAs(told)
                .allMatch(
                        line -> line.path("incident").path("policy").asString().equals("rollback"));
        Map<String, String> notes = TensorFile.read(new RunDirectory(folder.resolve("rolled")).checkpoint())
                .notes();
        assertThat(notes).containsEntry("guard/rollbacks", Integer.toString(told.size()));
    }

    @Test
    void rollbacksThatDoNotHelpEndTheRun() {
        RunConfig config = config("guard: {policy: rollback, rollbacks: 2}\n");
        assertThat(refusal(() -> train(config, "hopeless", false, ProgressListener.SILENT, new Poison(3))))
                .contains("The run was rolled back 2 times before, as often as guard.rollbacks allows");
    }

    @ParameterizedTest
    @CsvSource({"skip", "rollback"})
    void aRunThatWasInterruptedAfterAnIncidentResumesBitForBit(String policy) throws IOException {
        RunConfig config = config("guard: {policy: " + policy + "}\nbalance: {kind: dwa}\n");
        // Image 3 comes once in each epoch; only its first appearance is poisoned.
        train(config, policy + "-whole", false, ProgressListener.SILENT, once());
        ProgressListener interrupting = new ProgressListener() {
            private boolean happened;

            @Override
            public void incident(Incident incident) {
                happened = true;
            }

            @Override
            public void step(Step step) {
                if (happened) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThat(train(config, policy + "-parts", false, interrupting, once()).interrupted())
                .isTrue();
        assertThat(train(config, policy + "-parts", true).interrupted()).isFalse();

        RunDirectory whole = new RunDirectory(folder.resolve(policy + "-whole"));
        RunDirectory parts = new RunDirectory(folder.resolve(policy + "-parts"));
        assertThat(Files.readAllBytes(parts.weights())).isEqualTo(Files.readAllBytes(whole.weights()));
        assertThat(lines(policy + "-parts", "losses"))
                .extracting(line -> line.get("losses").toString())
                .isEqualTo(lines(policy + "-whole", "losses").stream()
                        .map(line -> line.get("losses").toString())
                        .toList());
        assertThat(lines(policy + "-parts", "incident")).hasSize(1);
    }

    private static UnaryOperator<Batches.Images> once() {
        Poison poison = new Poison(3);
        return images -> poison.times == 0 ? poison.apply(images) : images;
    }

    @Test
    void aFileThatIsNoIncidentIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.safetensors"), "no tensors");
        assertThatThrownBy(() -> Replay.of(text))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("text.safetensors");
        Path weights = folder.resolve("plain.safetensors");
        new TensorFile(Map.of("a", TensorFile.Entry.of(1)), Map.of()).write(weights);
        assertThatThrownBy(() -> Replay.of(weights))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("is not an incident of a training run");
    }

    @Test
    void aDamagedIncidentIsRefused() throws IOException {
        refusal(() -> train(config("epochs: 1\n"), "damaged", false, ProgressListener.SILENT, new Poison(3)));
        TensorFile whole = TensorFile.read(only("damaged"));
        Map<String, TensorFile.Entry> tensors = new LinkedHashMap<>(whole.tensors());
        tensors.put("incident/planes", TensorFile.Entry.of(1, 2, 3));
        assertThat(refusal(() -> Replay.of(written(tensors, whole.notes())))).contains("damaged", "3 pixels");
        Map<String, String> notes = new LinkedHashMap<>(whole.notes());
        notes.put("incident/classes", "[]");
        assertThat(refusal(() -> Replay.of(written(whole.tensors(), notes)))).contains("damaged", "class");
        notes.put("incident/classes", "[");
        assertThat(refusal(() -> Replay.of(written(whole.tensors(), notes)))).contains("its notes cannot be read");
    }

    private static Path written(Map<String, TensorFile.Entry> tensors, Map<String, String> notes) {
        Path file = folder.resolve("changed.safetensors");
        new TensorFile(tensors, notes).write(file);
        return file;
    }

    @Test
    void aRunThatStoppedGoesOnWithAnotherPolicy() throws IOException {
        // The first epoch is fine; image 3 is poisoned in all others.
        UnaryOperator<Batches.Images> later = new UnaryOperator<>() {
            private int steps;

            @Override
            public Batches.Images apply(Batches.Images images) {
                return steps++ < 2 ? images : new Poison(3).apply(images);
            }
        };
        assertThat(refusal(() -> train(config(""), "changed", false, ProgressListener.SILENT, later)))
                .contains("To go on from the last checkpoint: --resume --on-nan rollback, or skip");

        RunConfig skipping = config("guard: {policy: skip}\n");
        TrainingResult result = train(skipping, "changed", true, ProgressListener.SILENT, new Poison(3));

        assertThat(result.steps()).isEqualTo(6);
        assertThat(lines("changed", "incident")).hasSize(2);
        assertThat(RunConfig.read(new RunDirectory(folder.resolve("changed")).config()))
                .isEqualTo(skipping);
    }

    @Test
    void anIncidentThatIsTooLargeIsLocatedButNotKept() {
        RunConfig config = config("guard: {megabytes: 0}\n");
        assertThat(refusal(() -> train(config, "large", false, ProgressListener.SILENT, new Poison(3))))
                .contains("pixels: NaN", "takes more than guard.megabytes");
        assertThat(folder.resolve("large/incidents")).doesNotExist();
    }

    private static String refusal(Runnable task) {
        ParfocalException thrown = catchThrowableOfType(ParfocalException.class, task::run);
        assertThat(thrown).isNotNull();
        return String.valueOf(thrown.getMessage());
    }
}
