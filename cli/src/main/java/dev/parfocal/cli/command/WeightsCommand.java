package dev.parfocal.cli.command;

import dev.parfocal.training.config.Models;
import dev.parfocal.training.run.PublishedWeights;
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
            "Say what a file of weights holds, and what of it a model would load.",
            "",
            "Read are .safetensors and the state dicts that torch.save writes as .pth or .pt. Nothing in a file is ever "
                    + "executed, and a file that asks for more than tensors and plain data is refused. Weights often carry the "
                    + "licence of the data that they were trained on."
        },
        footer = {
            "Examples:",
            "  parfocal weights nanodet-g.safetensors",
            "  parfocal weights nanodet-g.safetensors --model nanodet --with model.backbone.norm.kind=none --classes 3"
        })
public final class WeightsCommand implements Runnable {

    @Parameters(paramLabel = "FILE", description = "The weights.")
    private Path file = Path.of("");

    @Option(names = "--model", paramLabel = "NAME", description = "The detector to load them into.")
    private @Nullable String model;

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A key of its configuration. May be repeated.")
    private Map<String, String> others = Map.of();

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "80",
            description = "How many classes it tells apart. Default: ${DEFAULT-VALUE}.")
    private int classes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        WeightSource source = WeightFile.open(file);
        out.println(source.tensors().size() + " tensors"
                + Published.of(source.tensors().keySet())
                        .map(published -> ", " + published.title())
                        .orElse(", of no detector that is known here"));
        out.println(WeightShape.of(source).describe());
        String name = model;
        if (name != null) {
            out.print(PublishedWeights.compare(
                            source,
                            Models.preset(name).withTexts(others, "--with").value(),
                            classes)
                    .table(false));
        }
    }
}
