package dev.parfocal.cli.report;

import dev.parfocal.cli.compare.Candidate;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A training of a comparison, as its folder tells it.
 *
 * @param candidate its loss
 */
record ComparedRun(Path folder, Candidate candidate, RunConfig config) {

    /** Every training begun, by loss and then by seed. */
    static List<ComparedRun> in(Path folder) {
        Path runs = folder.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(runs, 2)) {
            return all.filter(path -> Files.exists(path.resolve("config.yaml")))
                    .map(ComparedRun::of)
                    .sorted(Comparator.comparing(ComparedRun::loss)
                            .thenComparing(run -> run.config().seed()))
                    .toList();
        } catch (IOException e) {
            throw new ParfocalException(runs + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static ComparedRun of(Path folder) {
        RunConfig config = RunConfig.read(folder.resolve("config.yaml"));
        return new ComparedRun(folder, Candidate.read(parent(folder)), config);
    }

    private static Path parent(Path folder) {
        Path parent = folder.getParent();
        return parent == null ? folder : parent;
    }

    /** What the loss is called. */
    String loss() {
        return candidate.name();
    }

    boolean isFinished() {
        return Files.exists(folder.resolve("cell.json"));
    }

    /** The loss that is compared; that of the detections' classes where no loss is. Empty if its text is not there. */
    Optional<Loss> text() {
        Map<String, Loss> losses = RunFiles.of(folder).losses();
        String slot = candidate.loss().map(placed -> placed.slots().get(0)).orElse("classification");
        String component = slot.replaceFirst("^dense\\.", "").replace("*", "0");
        return Optional.ofNullable(losses.get(component));
    }

    /** All of them with what training evaluated last. */
    static TextTable table(List<ComparedRun> runs) {
        TextTable table =
                new TextTable("loss", ">seed", "state", ">AP on validation", ">AP50", ">AP75", ">steps", ">ms/step");
        for (ComparedRun run : runs) {
            List<String> cells = new ArrayList<>(List.of(
                    run.loss(), String.valueOf(run.config.seed()), run.isFinished() ? "finished" : "not finished"));
            JsonNode scores = run.json("evaluation.json");
            for (String name : List.of("AP", "AP50", "AP75")) {
                double score = JsonFiles.number(scores.path(name));
                cells.add(Shown.number(score < 0 ? Double.NaN : score));
            }
            JsonNode cost = run.json("cell.json");
            cells.add(cost.path("steps").asString(""));
            double each = JsonFiles.number(cost.path("millisecondsPerStep"));
            cells.add(Double.isNaN(each) ? "" : String.format(Locale.ROOT, "%.1f", each));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private JsonNode json(String name) {
        Path file = folder.resolve(name);
        return Files.exists(file) ? JsonFiles.read(file) : tools.jackson.databind.node.MissingNode.getInstance();
    }
}
