package dev.parfocal.bench.studies;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Trains what {@code scripts/studies.sh} lists and is not there yet, one run after the other in one process. */
public final class Runs {

    private static final int COLUMNS = 5;

    private final Map<Path, Dataset> data = new HashMap<>();

    private Runs() {}

    /**
     * {@code Runs LIST.tsv}: a line for each run with the settings of its section, the settings of its technique, the seed,
     * the data's folder and the run's folder.
     */
    public static void main(String[] arguments) throws IOException {
        Runs runs = new Runs();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] cells = line.split("\t", -1);
            if (cells.length != COLUMNS) {
                throw new IOException("a run has section, technique, seed, data and folder, not '" + line + "'");
            }
            RunConfig config = RunConfig.configuration()
                    .overlay(Path.of(cells[0]))
                    .overlay(Path.of(cells[1]))
                    .with("seed", Long.parseLong(cells[2]), arguments[0])
                    .value();
            runs.run(config, Path.of(cells[3]), Path.of(cells[4]));
        }
    }

    /** A run that stops for its losses' sake has had its chance: it is on the page, too, and not tried again. */
    private void run(RunConfig config, Path folder, Path run) throws IOException {
        Path stopped = run.resolve("stopped.txt");
        if (Files.exists(run.resolve("evaluation.json")) || Files.exists(stopped)) {
            return;
        }
        boolean begun = Files.exists(run.resolve("checkpoint.safetensors"));
        Dataset all = data(folder, config);
        long start = System.nanoTime();
        String outcome;
        try {
            Dataset train = all.split(Objects.requireNonNull(config.data().train(), "data.train"));
            Dataset val = all.split(Objects.requireNonNull(config.data().val(), "data.val"));
            Map<String, Double> metrics = Trainer.train(config, train, val, run, begun, ProgressListener.SILENT)
                    .metrics();
            outcome = String.format(Locale.ROOT, "AP %.3f", metrics.get("AP"));
        } catch (ParfocalException e) {
            if (!Files.exists(run.resolve("metrics.jsonl"))) {
                throw e;
            }
            Files.writeString(stopped, e.getMessage());
            outcome = e.getMessage();
        }
        System.err.printf(
                Locale.ROOT,
                "%s, seed %d: %s (%.0f s)%n",
                run.getName(run.getNameCount() - 2),
                config.seed(),
                outcome,
                (System.nanoTime() - start) / 1e9);
    }

    private Dataset data(Path folder, RunConfig config) {
        return data.computeIfAbsent(
                folder,
                each -> DatasetReader.read(each, config.data().format(), false).dataset());
    }
}
