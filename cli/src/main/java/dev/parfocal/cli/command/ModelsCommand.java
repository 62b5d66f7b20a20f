package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "  parfocal models                              the list",
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
        for (String each : Models.PRESETS) {
            out.printf("%-11s  %s%n", each, Models.about(each, ""));
            line(out, "after", Models.about(each, "after"));
            line(out, "parameters", Models.about(each, "parameters"));
            losses(Models.preset(each).value()).forEach((output, losses) -> line(out, output, losses));
            line(out, "weights", Models.about(each, "weights"));
        }
    }

    private static void line(PrintWriter out, String what, String text) {
        out.printf("%13s%-10s  %s%n", "", what, text);
    }

    /** The losses of each output, by their slots. */
    private static Map<String, String> losses(RunConfig config) {
        Map<String, String> losses = new LinkedHashMap<>();
        config.supervision()
                .forEach((output, supervision) -> losses.put(
                        output,
                        supervision.losses().entrySet().stream()
                                .map(slot ->
                                        slot.getKey() + ": " + slot.getValue().loss())
                                .collect(Collectors.joining(", "))));
        return losses;
    }
}
