package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.data.Category;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run as its files tell it; reading them does not start the engine.
 *
 * @param categories the classes by label
 * @param losses with their parameters set, by component
 * @param config as it was started with; the default if that is not there
 * @param record of its steps and evaluations
 * @param isComplete whether it came to its end
 */
public record RunFiles(
        List<Category> categories, Map<String, Loss> losses, RunConfig config, RunRecord record, boolean isComplete) {
    private static final String LOSS = ".loss";

    /**
     * Reads a run's directory.
     *
     * @throws ParfocalException if it has no run, or a file cannot be read
     */
    public static RunFiles of(Path run) {
        if (!Files.isDirectory(run)) {
            throw new ParfocalException(run + " is not a folder: name the folder of a training run");
        }
        RunDirectory directory = new RunDirectory(run);
        RunRecord record = RunRecord.read(directory.metrics());
        RunConfig config = Files.exists(directory.config()) ? RunConfig.read(directory.config()) : RunConfig.DEFAULT;
        return new RunFiles(directory.readCategories(), losses(run), config, record, Files.exists(directory.weights()));
    }

    private static Map<String, Loss> losses(Path run) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(run)) {
            files.filter(file -> file.getFileName().toString().endsWith(LOSS))
                    .sorted()
                    .forEach(file -> losses.put(component(file), Loss.read(file)));
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + run + ": " + e.getMessage());
        }
        return losses;
    }

    private static String component(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - LOSS.length());
    }
}
