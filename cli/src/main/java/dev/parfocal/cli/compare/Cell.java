package dev.parfocal.cli.compare;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.file.AtomicFile;
import dev.parfocal.training.config.LossFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.Detector;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.RunFiles;
import dev.parfocal.training.run.Trainer;
import dev.parfocal.training.run.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One training of a comparison. Its folder is a run like any other; {@code cell.json}, written last, marks it as finished,
 * {@code scored-detections.json} holds what it found on the images that are measured.
 */
public final class Cell {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final RunConfig config;

    public Cell(Path folder, RunConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * What training cost.
     *
     * @param steps taken
     * @param seconds wall time of training, all parts of an interrupted one
     * @param millisecondsPerStep the median time of a step
     */
    public record Cost(long steps, double seconds, double millisecondsPerStep) {}

    /** The run's folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Whether it is finished.
     *
     * @throws ParfocalException if it is, but with another configuration or another text of its loss
     */
    public boolean isFinished() {
        if (!Files.exists(marker())) {
            return false;
        }
        requireSame(RunConfig.read(folder.resolve("config.yaml")).toYaml(), config.toYaml(), "another configuration");
        LossFiles.texts(config.toYaml()).forEach((file, text) -> {
            if (losses().stream().noneMatch(each -> each.strip().equals(text.strip()))) {
                throw new ParfocalException(folder + " was trained with another text of " + file
                        + ": use the same again, or another --out");
            }
        });
        return true;
    }

    /** The texts of the losses that it was trained with. */
    private List<String> losses() {
        return RunFiles.of(folder).losses().values().stream().map(Loss::text).toList();
    }

    private void requireSame(String before, String now, String what) {
        List<String> old = before.strip().lines().toList();
        List<String> given = now.strip().lines().toList();
        for (int i = 0; i < Math.max(old.size(), given.size()); i++) {
            String was = i < old.size() ? old.get(i).strip() : "nothing";
            String is = i < given.size() ? given.get(i).strip() : "nothing";
            if (!was.equals(is)) {
                throw new ParfocalException(folder + " was trained with " + what + " ('" + was + "', not '" + is
                        + "'): use the same again, or another --out");
            }
        }
    }

    /**
     * Trains, from where it was stopped if it was, and detects on the images to be measured.
     *
     * @param evaluated on which training evaluates
     * @param scored what is measured; if it is part of {@code evaluated}, its detections are taken from there
     * @return false if it was interrupted; it can go on
     */
    public boolean train(Dataset train, Dataset evaluated, Dataset scored, ProgressListener words) {
        boolean resumes = Files.exists(folder.resolve("checkpoint.safetensors"));
        if (!resumes) {
            clear();
        }
        CellProgress progress = new CellProgress(words);
        TrainingResult result = Trainer.train(config, train, evaluated, folder, resumes, progress);
        if (result.interrupted()) {
            return false;
        }
        List<Detection> found = ids(evaluated).containsAll(ids(scored))
                ? detections("detections.json", evaluated, scored)
                : Detector.load(folder).detect(scored.samples());
        CocoDetections.write(folder.resolve("scored-detections.json"), found, scored);
        double seconds = result.training().toMillis() / 1000.0;
        double perStep = progress.millisecondsPerStep().orElse(1000 * seconds / result.steps());
        byte[] cost = JSON.writeValueAsBytes(new Cost(result.steps(), seconds, perStep));
        AtomicFile.write(marker(), stream -> stream.write(cost));
        return true;
    }

    /** A run that was killed before its first checkpoint leaves files but nothing to go on with. */
    private void clear() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ParfocalException(folder + ": cannot start this run anew: " + e.getMessage(), e);
        }
    }

    /** What training cost, of a finished cell. */
    public Cost cost() {
        try {
            return JSON.readValue(marker().toFile(), Cost.class);
        } catch (JacksonException e) {
            throw new ParfocalException(marker() + " is damaged; delete " + folder + " to train it anew", e);
        }
    }

    /** What it found on the images that are measured. */
    public List<Detection> scored(Dataset scored) {
        return detections("scored-detections.json", scored, scored);
    }

    /** What it found at the end of training on a part of the images that it was evaluated on. */
    public List<Detection> evaluated(Dataset evaluated, Dataset part) {
        return detections("detections.json", evaluated, part);
    }

    private List<Detection> detections(String file, Dataset truth, Dataset part) {
        Set<Long> wanted = ids(part);
        return CocoDetections.read(folder.resolve(file), truth).stream()
                .filter(detection -> wanted.contains(detection.imageId()))
                .toList();
    }

    private static Set<Long> ids(Dataset data) {
        Set<Long> ids = new HashSet<>();
        data.samples().forEach(sample -> ids.add(sample.id()));
        return ids;
    }

    private Path marker() {
        return folder.resolve("cell.json");
    }
}
