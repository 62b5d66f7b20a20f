package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.coco.CocoCategories;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.published.PublishedWeights;
import dev.parfocal.training.run.Detector;
import dev.parfocal.training.weights.Published;
import dev.parfocal.training.weights.WeightFile;
import dev.parfocal.training.weights.WeightShape;
import dev.parfocal.training.weights.file.WeightSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal weights}. */
@Command(
        name = "weights",
        description = {
            "Say what a file of weights holds, and what of it a model would load; or write a run's weights.",
            "",
            "Read are .safetensors and the state dicts that torch.save writes as .pth or .pt. Nothing in a file is ever "
                    + "executed, and a file that asks for more than tensors and plain data is refused. Weights often carry the "
                    + "licence of the data that they were trained on.",
            "",
            "With --run the averaged weights of a run, those that it was scored with, are written as .safetensors under the "
                    + "names of the detector's reference, with the classes and the configuration of the model beside them: "
                    + "predict, evaluate and train take the file with --weights, and so does Python."
        },
        footer = {
            "Examples:",
            "  parfocal weights nanodet-g.safetensors",
            "  parfocal weights nanodet-g.safetensors --model nanodet --classes 3",
            "  parfocal weights --run runs/a --to cells.safetensors"
        })
public final class WeightsCommand implements Runnable {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The weights.")
    private @Nullable Path file;

    @Option(names = "--model", paramLabel = "NAME", description = "The detector to load them into.")
    private @Nullable String model;

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A key of its configuration. May be repeated.")
    private Map<String, String> others = Map.of();

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "How many classes it is to tell apart. Default: as many as the weights do.")
    private @Nullable Integer classes;

    @Option(names = "--run", paramLabel = "DIR", description = "The finished run whose weights are to be written.")
    private @Nullable Path run;

    @Option(names = "--to", paramLabel = "FILE", description = "With --run: the file to write. It must not be there.")
    private @Nullable Path to;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (run != null && to != null && file == null && model == null && others.isEmpty() && classes == null) {
            Detector.write(run, to);
            spec.commandLine().getOut().println("wrote " + to);
        } else if (file != null && run == null && to == null) {
            describe(WeightFile.open(file));
        } else {
            throw new ParfocalException(
                    "name either a FILE of weights to look at, with --model NAME, --with KEY=VALUE and"
                            + " --classes N if need be, or both --run DIR and --to FILE to write a run's weights");
        }
    }

    private void describe(WeightSource source) {
        if (classes != null && classes < 1) {
            throw new ParfocalException("--classes must be at least 1, but is " + classes);
        }
        Configuration<RunConfig> config = model == null
                ? null
                : PublishedWeights.measured(Models.preset(model), source).withTexts(others, "--with");
        PrintWriter out = spec.commandLine().getOut();
        out.println(source.tensors().size() + " tensors"
                + Published.of(source.tensors().keySet())
                        .map(published -> ", " + published.title())
                        .orElse(", of no detector that is known here"));
        String shape = WeightShape.of(source).describe();
        if (!shape.isEmpty()) {
            out.println(shape);
        }
        if (config != null) {
            RunConfig value = config.value();
            out.print(PublishedWeights.compare(source, value, classes(source, value))
                    .table(false));
        }
    }

    private int classes(WeightSource source, RunConfig config) {
        return classes != null
                ? classes
                : PublishedWeights.classes(source, config).orElse(CocoCategories.ALL.size());
    }
}
