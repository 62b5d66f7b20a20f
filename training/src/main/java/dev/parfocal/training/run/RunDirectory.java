package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.file.FileErrors;
import dev.parfocal.training.config.LossFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.AtomicFile;
import dev.parfocal.training.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind:
 *
 * <pre>
 *     config.yaml              the complete configuration
 *     classification.loss …    the text of every loss
 *     loss-files.json          the text of every .loss file that the configuration names
 *     categories.json          the classes by label
 *     versions.json            of everything that decides the result
 *     metrics.jsonl            a line per step and per evaluation
 *     checkpoint.safetensors   where to go on
 *     earlier-checkpoint.safetensors   the one before, of a run that rolls back
 *     incidents/               steps that were not finite
 *     weights.safetensors      the detector's averaged weights
 *     evaluation.json, detections.json   of the last evaluation
 * </pre>
 */
record RunDirectory(Path path) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOSS_FILES = "loss-files.json";

    Path config() {
        return path.resolve("config.yaml");
    }

    Path categories() {
        return path.resolve("categories.json");
    }

    Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    Path earlierCheckpoint() {
        return path.resolve("earlier-checkpoint.safetensors");
    }

    Path incidents() {
        return path.resolve("incidents");
    }

    Path weights() {
        return path.resolve("weights.safetensors");
    }

    Path detections() {
        return path.resolve("detections.json");
    }

    /**
     * Starts a run here.
     *
     * @throws ParfocalException if there is one already, or nothing can be written
     */
    void create(RunConfig config, List<Category> categories) {
        if (Files.exists(config()) || Files.exists(checkpoint())) {
            throw new ParfocalException(
                    path + " has a run already: go on with it by --resume, or choose another folder");
        }
        Map<String, Loss> losses = config.losses();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new ParfocalException(
                    "cannot make the folder " + path + " (" + FileErrors.reason(e) + "): choose another");
        }
        losses.forEach((role, loss) -> write(role + ".loss", loss.text()));
        write(LOSS_FILES, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(LossFiles.texts(config.toYaml())));
        write("categories.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(categories));
        write("versions.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(versions(config)));
        write("config.yaml", config.toYaml());
    }

    /**
     * Checks that the run here can go on, from its first step if it was ended before its first checkpoint. What the guard is to
     * do may change: it decides nothing about the steps taken so far.
     *
     * @throws ParfocalException if there is none, or it has another configuration, other texts of losses or other classes
     */
    void reopen(RunConfig config, List<Category> categories) {
        if (!Files.exists(config())) {
            throw new ParfocalException(
                    path + " has no run to resume (no config.yaml, no checkpoint); start one without --resume");
        }
        RunConfig started = RunConfig.read(config());
        RunConfig before =
                started.change().withSection("guard", config.change()).value();
        if (!before.equals(config)) {
            throw new ParfocalException(path + " was started with another configuration (" + difference(before, config)
                    + "): resume with the same, or choose another folder");
        }
        if (!readCategories().equals(categories)) {
            throw new ParfocalException(path + " was trained on the classes " + names(readCategories())
                    + ", but the data has " + names(categories));
        }
        if (!started.equals(before)) {
            write("config.yaml", config.toYaml());
        }
    }

    /**
     * Checks that the files of losses that a run was started with are what they were.
     *
     * @throws ParfocalException if one is not
     */
    void requireSameLosses() {
        Path file = path.resolve(LOSS_FILES);
        if (!Files.exists(file)) {
            return;
        }
        read(file, new TypeReference<Map<String, String>>() {}).forEach((name, text) -> {
            String problem = LossFiles.current(Path.of(name))
                    .map(now -> now.equals(text) ? "" : "was trained with another text of ")
                    .orElse("needs a file that is gone: ");
            if (!problem.isEmpty()) {
                throw new ParfocalException(path + " " + problem + name + ": put the text back that " + file
                        + " keeps, or start another run in another folder");
            }
        });
    }

    private static String difference(RunConfig before, RunConfig now) {
        List<String> old = before.toYaml().lines().toList();
        List<String> given = now.toYaml().lines().toList();
        for (int i = 0; i < Math.min(old.size(), given.size()); i++) {
            if (!old.get(i).equals(given.get(i))) {
                return "it has '" + old.get(i).strip() + "', not '"
                        + given.get(i).strip() + "'";
            }
        }
        return "their lists differ in length";
    }

    private static List<String> names(List<Category> categories) {
        return categories.stream().map(Category::name).toList();
    }

    List<Category> readCategories() {
        return read(categories(), new TypeReference<>() {});
    }

    private static <T> T read(Path file, TypeReference<T> type) {
        try {
            return JSON.readValue(file, type);
        } catch (JacksonException e) {
            throw new ParfocalException("cannot read " + file + ": " + e.getOriginalMessage());
        }
    }

    private static Map<String, String> versions(RunConfig config) {
        Map<String, String> versions = new LinkedHashMap<>();
        String own = RunDirectory.class.getPackage().getImplementationVersion();
        versions.put("parfocal", own == null ? "development" : own);
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        versions.put("pytorch", Engine.version());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        versions.put("threads", Integer.toString(config.resolvedThreads()));
        versions.put("seed", Long.toString(config.seed()));
        return versions;
    }

    void writeEvaluation(Map<String, Double> metrics) {
        write("evaluation.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(metrics));
    }

    private void write(String name, String text) {
        AtomicFile.write(path.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
