package dev.parfocal.examples;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.diagnose.Diagnosis;
import dev.parfocal.training.diagnose.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a training that has not begun: a loss without a prior that divides by all elements. */
public final class DiagnoseBeforeTraining {

    private static final String LOSS = """
            # Cross-entropy without a recipe.
            # Good: Rational Decisions, 1952.
            loss plain(logit; target in [0, 1])

            normalize by elements

            p = sigmoid(logit)
            -(target * log(p) + (1 - target) * log(1 - p))
            """;

    private static final String SETTINGS = """
            model: {widths: [8, 8, 8, 8, 8], neck: 8, input: {width: 96, height: 64}}
            loss: {classification: {loss: %s}}
            batch: 4
            threads: 1
            """;

    private DiagnoseBeforeTraining() {}

    /** Lets a fresh model look at two batches, and prints what that shows. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("parfocal-example");
        try {
            SceneGenerator generator = new SceneGenerator(1, SceneOptions.defaults());
            Dataset scenes = SceneFiles.write(generator, folder.resolve("scenes"), SceneFiles.parts(8, 2, 0), "png");
            Path loss = Files.writeString(folder.resolve("plain.loss"), LOSS);
            RunConfig config = RunConfig.parse(String.format(SETTINGS, loss), "settings");
            explain(Diagnosis.beforeTraining(config, scenes.split("train"), 2));
        } finally {
            delete(folder);
        }
    }

    private static void explain(Diagnosis diagnosis) {
        for (Finding finding : diagnosis.findings()) {
            System.out.printf(
                    "%s: %s%n  %s%n  %s%n", finding.severity(), finding.what(), finding.why(), finding.change());
        }
        List<String> rules = diagnosis.findings().stream().map(Finding::rule).toList();
        if (!rules.containsAll(List.of("prior-bias", "normalizer"))) {
            throw new IllegalStateException("not found: " + rules);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
