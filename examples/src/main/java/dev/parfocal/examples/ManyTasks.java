package dev.parfocal.examples;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.Detector;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Trainer;
import dev.parfocal.training.run.TrainingResult;
import dev.parfocal.training.task.ImageTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A detector that also says which classes a picture shows, how many objects of each, and how good each box is, all on the
 * same features, its losses balanced by their uncertainty. It learns a few drawn pictures by heart.
 */
public final class ManyTasks {

    private static final String CONFIG = """
            model: {widths: [8, 16, 16, 16, 16], neck: 16, regMax: 6, normalization: group, input: {width: 96, height: 96}}
            augment: {shift: 0, minScale: 1, maxScale: 1, horizontalFlip: 0}
            optimizer: {learningRate: 0.004}
            ema: 0.9
            batch: 4
            epochs: 50
            threads: 1
            tasks: {presence: {}, count: {loss: poisson}, quality: {loss: quality_focal}}
            balance: {kind: uncertainty, rate: 0.01}
            """;

    private ManyTasks() {}

    /** Trains, and asks the detector about the first picture. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("many-tasks");
        try {
            SceneOptions options = new SceneOptions(96, 96, 3, 24, 44, 0, 1, 0, 0, 0, 0.2);
            Dataset data = SceneFiles.write(
                    new SceneGenerator(5, options), folder.resolve("scenes"), SceneFiles.parts(12, 0, 0), "png");
            TrainingResult result = Trainer.train(
                    RunConfig.parse(CONFIG, "ManyTasks"),
                    data,
                    data,
                    folder.resolve("run"),
                    false,
                    ProgressListener.SILENT);
            double presence = result.metrics().getOrDefault("presence/accuracy", 0.0);
            double error = result.metrics().getOrDefault("count/MAE", Double.NaN);
            System.out.printf(
                    "AP50 %.2f; classes present or not: %.0f %% right; counts are off by %.2f on average%n",
                    result.metrics().get("AP50"), 100 * presence, error);
            describe(Detector.load(result.run()), data, data.samples().get(0));
            if (!(presence > 0.8 && error < 0.5)) {
                throw new IllegalStateException("the tasks were not learnt");
            }
        } finally {
            delete(folder);
        }
    }

    private static void describe(Detector detector, Dataset data, Sample sample) {
        Map<ImageTarget, float[]> answers = detector.answers(ImageFiles.read(sample.file()));
        System.out.println(
                "classes  " + data.categories().stream().map(c -> c.name()).toList());
        answers.forEach((question, answer) -> System.out.println(question.word() + "  " + Arrays.toString(answer)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
