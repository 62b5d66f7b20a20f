package dev.parfocal.cli.command;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal models}. */
@Command(
        name = "models",
        description = {
            "List the detectors that can be trained, or print the configuration of one.",
            "",
            "Each is a preset: every key can be changed with --with, or in a file for --config. The losses are those in the "
                    + "slots of its outputs; loss.dense.box.loss=ciou puts another into a slot."
        },
        footer = {
            "Examples:",
            "  parfocal models                              the table",
            "  parfocal models retinanet                    its whole configuration",
            "  parfocal models retinanet --demo > r.yaml    the same at the demo's scale, for 'train --config r.yaml'",
            "  parfocal train --model retinanet --data bccd --format voc --with model.backbone.width=16 --out runs/r"
        })
public final class ModelsCommand implements Runnable {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A detector, to print its configuration.")
    private @Nullable String name;

    @Option(
            names = "--demo",
            description =
                    "Print the configuration with the measures, rate and length of 'parfocal demo --model NAME': small "
                            + "enough for two processors.")
    private boolean demo;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String chosen = name;
        if (chosen != null) {
            Models.text(chosen).lines().filter(line -> line.startsWith("#")).forEach(out::println);
            out.print((demo ? Models.demo(chosen) : Models.preset(chosen)).yaml());
            return;
        }
        if (demo) {
            throw new ParfocalException(
                    "--demo: name the model whose configuration to print, one of " + String.join(", ", Models.PRESETS));
        }
        TextTable table = new TextTable("name", "what it is", "after", "outputs and losses", "weights");
        for (String each : Models.PRESETS) {
            table.row(
                    each,
                    Models.about(each, ""),
                    Models.about(each, "after"),
                    losses(Models.preset(each).value()),
                    Models.about(each, "weights"));
        }
        out.print(table);
    }

    private static String losses(RunConfig config) {
        return config.supervision().entrySet().stream()
                .map(output -> output.getKey() + ": "
                        + output.getValue().losses().values().stream()
                                .map(loss -> loss.loss())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
