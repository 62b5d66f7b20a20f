package dev.parfocal.cli.command;

import dev.parfocal.cli.lint.LintFindings;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.format.Format;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.run.Detector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal lint}. */
@Command(
        name = "lint",
        description = {
            "Find annotations that are probably wrong.",
            "",
            "By the data alone: objects annotated twice, odd boxes, images with the same pixels, also between train and val (a leak), "
                    + "and what the balance of classes means for alpha, gamma and prior. With --run also what its detector contradicts: "
                    + "wrong classes, missing and superfluous annotations, boxes that do not fit, ranked by what it would cost the "
                    + "detector to believe them. A detector may have learnt by heart what it was trained on: look at other images with it."
        },
        footer = {
            "Examples:",
            "  parfocal lint --data coins --out coins-lint",
            "  parfocal lint --data coins --split val --run runs/a --out coins-lint",
        })
public final class LintCommand implements Callable<Integer> {

    private static final String JSON = "lint.json";
    private static final String SHEET = "lint.jpg";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data set's folder.")
    private Path data = Path.of("");

    @Option(names = "--format", paramLabel = "NAME", description = FormatNames.OPTION)
    private Format format = Format.AUTO;

    @Option(names = "--split", paramLabel = "NAME", description = "Only this part of it. Default: all.")
    private @Nullable String split;

    @Option(names = "--run", paramLabel = "DIR", description = "A finished run, whose detector is asked.")
    private @Nullable Path run;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "A folder for '" + SHEET + "', the first suspects in pictures, and '" + JSON + "', all of them.")
    private @Nullable Path out;

    @Option(names = "--top", paramLabel = "N", description = "How many are shown. Default: ${DEFAULT-VALUE}.")
    private int top = 30;

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new ParfocalException("--top must be at least 1, but is " + top);
        }
        Path folder = out;
        if (folder != null && Files.exists(folder) && !isOwn(folder)) {
            throw new ParfocalException(
                    "--out " + folder + " is there already, and not from an earlier lint; name another folder");
        }
        Dataset dataset = read();
        LintFindings findings = LintFindings.of(dataset, run == null ? List.of() : detections(run, dataset));
        PrintWriter words = spec.commandLine().getOut();
        words.print(findings.text(
                top, points(run == null ? RunConfig.DEFAULT : RunConfig.read(run.resolve("config.yaml")))));
        if (folder != null) {
            Files.createDirectories(folder);
            findings.write(folder.resolve(JSON));
            int drawn = findings.draw(folder.resolve(SHEET), top);
            words.println();
            words.println("all suspects  " + folder.resolve(JSON));
            if (drawn > 0) {
                words.println("pictures      " + folder.resolve(SHEET));
            }
        }
        return ExitCode.OK;
    }

    private static boolean isOwn(Path folder) throws IOException {
        if (Files.exists(folder.resolve(JSON))) {
            return true;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Dataset read() {
        Dataset all = Inputs.read(data, format, false, spec.commandLine().getErr());
        return split == null ? all : all.split(split);
    }

    /** Those of the detector's classes that the data set has too, by name. */
    private static List<Detection> detections(Path run, Dataset dataset) {
        Detector detector = Detector.load(run);
        List<String> names = dataset.categories().stream().map(Category::name).toList();
        int[] labels = detector.categories().stream()
                .mapToInt(category -> names.indexOf(category.name()))
                .toArray();
        if (Arrays.stream(labels).allMatch(label -> label < 0)) {
            throw new ParfocalException(run + ": its detector knows none of the classes " + String.join(", ", names));
        }
        return detector.detect(dataset.samples()).stream()
                .filter(found -> labels[found.label()] >= 0)
                .map(found -> new Detection(found.imageId(), labels[found.label()], found.box(), found.score()))
                .toList();
    }

    /** Places of a dense detector of that input. */
    private static int points(RunConfig config) {
        InputSize input = config.model().input();
        return DenseConfig.STRIDES.stream()
                .mapToInt(stride -> (input.width() / stride) * (input.height() / stride))
                .sum();
    }
}
