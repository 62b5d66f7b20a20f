package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.published.PublishedWeights;
import dev.parfocal.training.published.WrittenWeights;
import dev.parfocal.training.run.Detector;
import dev.parfocal.training.weights.Published;
import dev.parfocal.training.weights.WeightFile;
import dev.parfocal.training.weights.file.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a detector: that of a run, or one with published weights. */
final class DetectorFlags {

    @Option(names = "--run", paramLabel = "DIR", description = "The detector of this finished run.")
    private @Nullable Path run;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "In place of a run: published weights, .safetensors or a state dict of PyTorch (.pth, .pt).")
    private @Nullable Path weights;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "With --weights: the detector that they belong to. Default: the one that their names show.")
    private @Nullable String model;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description =
                    "With --weights: the names of the classes, one a line. Default: those in the weights, or COCO's.")
    private @Nullable Path classes;

    @Option(names = "--size", paramLabel = "WxH", description = "With --weights: what images are fitted to, in pixels.")
    private @Nullable String size;

    @Option(
            names = "--with",
            paramLabel = "KEY=VALUE",
            description = "With --weights: a key of the configuration, such as detect.minScore. May be repeated.")
    private Map<String, String> others = new LinkedHashMap<>();

    /** Whether a detector is named. */
    boolean named() {
        return run != null || weights != null;
    }

    /**
     * Loads the detector.
     *
     * @throws ParfocalException if none is named or two are, or its files cannot be used
     */
    Detector load() {
        if (run != null && weights != null || !named()) {
            throw new ParfocalException("name the detector: --run DIR, or --weights FILE with --model NAME");
        }
        return run != null ? ofRun(run) : published(Optional.ofNullable(weights).orElseThrow());
    }

    private Detector ofRun(Path folder) {
        if (model != null || classes != null || size != null || !others.isEmpty()) {
            throw new ParfocalException(
                    "--model, --class-names, --size and --with are for --weights; a run brings its own configuration");
        }
        return Detector.load(folder);
    }

    private Detector published(Path file) {
        WeightSource source = WeightFile.open(file);
        Configuration<RunConfig> config = PublishedWeights.measured(base(source), source);
        if (size != null) {
            config = config.with("model.input", RunFlags.size(size), "--size");
        }
        RunConfig value = config.withTexts(others, "--with").value();
        List<Category> categories = classes == null ? PublishedWeights.categories(source, value) : read(classes);
        return Detector.published(value, file, categories);
    }

    private Configuration<RunConfig> base(WeightSource source) {
        if (model != null) {
            return Models.preset(model);
        }
        return WrittenWeights.configuration(source)
                .or(() -> Published.of(source.tensors().keySet())
                        .flatMap(Published::model)
                        .filter(Models.PRESETS::contains)
                        .map(Models::preset))
                .orElseThrow(() -> new ParfocalException(source.origin()
                        + " does not show which detector it belongs to: name it with --model, one of "
                        + String.join(", ", Models.PRESETS)));
    }

    private static List<Category> read(Path file) {
        List<Category> categories = new ArrayList<>();
        try {
            for (String name : Files.readAllLines(file)) {
                if (!name.isBlank()) {
                    categories.add(new Category(categories.size() + 1L, name.strip()));
                }
            }
        } catch (IOException e) {
            throw new ParfocalException(
                    "--class-names: cannot read " + file + ": it must be a text of one name a line", e);
        }
        if (categories.isEmpty()) {
            throw new ParfocalException("--class-names: " + file + " names no class");
        }
        return categories;
    }
}
