package dev.parfocal.cli.report;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** The folder of a run as training leaves it, made without training: 20 images, 10 to learn from, 10 to be scored on. */
final class RunFolder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int IMAGES = 20;
    private static final int SIDE = 64;

    private final Path data;
    private final Path run;
    private final List<String> classes;
    private final Random random = new Random(5);

    private RunFolder(Path folder, List<String> classes) throws IOException {
        this.data = folder.resolve("data");
        this.run = folder.resolve("run");
        this.classes = classes;
        Files.createDirectories(data.resolve("images"));
        Files.createDirectories(run);
    }

    /** A run that came to its end, with detections of every kind: right, displaced, of nothing, of the wrong class. */
    static Path complete(Path folder, List<String> classes) throws IOException {
        Path run = interrupted(folder, classes);
        Files.write(run.resolve("weights.safetensors"), new byte[8]);
        return run;
    }

    /** The same without the weights that only a finished run has. */
    static Path interrupted(Path folder, List<String> classes) throws IOException {
        RunFolder made = new RunFolder(folder, classes);
        List<Detection> detections = made.data();
        made.settings();
        made.metrics(3);
        CocoDetections.write(
                made.run.resolve("detections.json"),
                detections,
                new Dataset("", made.categories(), List.of(), Map.of()));
        return made.run;
    }

    private List<Category> categories() {
        return IntStream.range(0, classes.size())
                .mapToObj(label -> new Category(label + 1L, classes.get(label)))
                .toList();
    }

    /** Writes images and annotations; returns detections on those that are scored. */
    private List<Detection> data() throws IOException {
        List<Object> images = new ArrayList<>();
        List<Object> annotations = new ArrayList<>();
        List<Detection> detections = new ArrayList<>();
        for (int id = 1; id <= IMAGES; id++) {
            String name = id + " <b>&\".png";
            ImageFiles.write(
                    RgbImage.filled(SIDE, SIDE, 0x406080 + id),
                    data.resolve("images").resolve(name));
            images.add(Map.of("id", id, "file_name", name, "width", SIDE, "height", SIDE));
            for (int i = 0; i < 3; i++) {
                int label = (id * 3 + i) % classes.size();
                Box box = Box.ofXywh(4 + 20 * i, 6 + random.nextInt(30), 16, 18);
                annotations.add(Map.of(
                        "id",
                        annotations.size() + 1,
                        "image_id",
                        id,
                        "category_id",
                        label + 1,
                        "bbox",
                        List.of(box.x1(), box.y1(), box.width(), box.height()),
                        "area",
                        box.area(),
                        "iscrowd",
                        0));
                if (id % 5 == 0 && random.nextInt(5) > 0) {
                    int seen = random.nextInt(4) == 0 ? (label + 1) % classes.size() : label;
                    Box moved = box.shifted(random.nextInt(4), random.nextInt(3));
                    detections.add(new Detection(id, seen, moved, 0.3 + 0.7 * random.nextDouble()));
                    detections.add(new Detection(id, seen, box.shifted(0, 40), 0.8 * random.nextDouble()));
                }
            }
        }
        Files.writeString(
                data.resolve("annotations.json"),
                JSON.writeValueAsString(
                        Map.of("images", images, "annotations", annotations, "categories", categories())));
        return detections;
    }

    /** A run of a published model before its first step. */
    static Path begun(Path folder, List<String> classes, String model) throws IOException {
        RunFolder made = new RunFolder(folder, classes);
        made.data();
        made.settings(Models.preset(model));
        Files.writeString(made.run.resolve("metrics.jsonl"), "");
        return made.run;
    }

    private void settings() throws IOException {
        settings(RunConfig.configuration());
    }

    private void settings(Configuration<RunConfig> base) throws IOException {
        RunConfig config = base.with(
                        Map.of(
                                "data.path",
                                data.resolve("annotations.json").toString(),
                                "data.train",
                                "rest",
                                "data.val",
                                "every-5th",
                                "epochs",
                                3),
                        "test")
                .value();
        Files.writeString(run.resolve("config.yaml"), config.toYaml());
        Files.writeString(run.resolve("categories.json"), JSON.writeValueAsString(categories()));
        Files.writeString(
                run.resolve("versions.json"),
                "{\"parfocal\":\"1.2.3\",\"java\":\"JVM 25\",\"pytorch\":\"2.13\",\"system\":\"Linux\",\"seed\":\"7\"}");
        Files.writeString(run.resolve("command.txt"), "parfocal train --data '<i>' --out run\n");
        for (var loss : config.losses().entrySet()) {
            Loss own = loss.getValue();
            Files.writeString(run.resolve(loss.getKey() + ".loss"), own.text());
        }
    }

    private void metrics(int epochs) throws IOException {
        StringBuilder lines = new StringBuilder();
        String none = classes.stream().map(name -> "0").collect(Collectors.joining(","));
        for (int step = 1; step <= 2 * epochs; step++) {
            double c = 1.0 / step;
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"epoch\":%d,\"total\":%f,\"weighted\":{\"classification\":%f,\"box\":0.5},"
                            + "\"losses\":{\"classification\":%f,\"box\":0.25},\"normalizers\":{\"classification\":9,\"box\":9},"
                            + "\"learningRate\":0.001,\"gradientNorm\":2,\"clippedNorm\":1,\"positives\":9,"
                            + "\"matching\":{\"levels\":[9,9,9],\"sizes\":[8,12,16,24,32,48,64,96,128],"
                            + "\"objects\":[0,9,9,9,0,0,0,0,0,0],\"matched\":[0,9,9,9,0,0,0,0,0,0],\"points\":[0,9,9,9,0,0,0,0,0,0]},"
                            + "\"statistics\":{\"classification\":{\"shareByClass\":[%s],\"gradient\":1,"
                            + "\"positives\":{\"pt\":[9,0,0,0,0,0,0,0,0,0],\"gradient\":[0.5,0,0,0,0,0,0,0,0,0]},\"negatives\":{\"pt\":[1,0,0,0,0,0,0,0,0,99],\"gradient\":[0.2,0,0,0,0,0,0,0,0,0.3]},"
                            + "\"positivesByClass\":[%s],\"saturated\":0,\"largestLogit\":1}},\"milliseconds\":{\"forward\":9.5}}%n",
                    step,
                    (step + 1) / 2,
                    c + 0.5,
                    c,
                    c,
                    none,
                    none));
            if (step % 2 == 0) {
                lines.append(String.format(
                        Locale.ROOT,
                        "{\"step\":%d,\"epoch\":%d,\"evaluation\":{\"AP\":%f,\"AP50\":0.5,\"AP75\":-1}}%n",
                        step,
                        step / 2,
                        0.1 * step));
            }
        }
        Files.writeString(run.resolve("metrics.jsonl"), lines);
    }
}
