package dev.parfocal.cli.command;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.training.guard.BatchNames;
import dev.parfocal.training.guard.Verdict;
import dev.parfocal.training.run.Replay;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal replay}. */
@Command(
        name = "replay",
        description = {
            "Take a training step that failed again, and say where numbers were not finite first.",
            "",
            "A run that meets NaN or an infinity leaves RUN/incidents/step-N.safetensors: the weights before the step, the "
                    + "images and objects of its batch, the configuration and the losses' texts. The data set is not needed. "
                    + "Input, layers, outputs, losses, gradients and the updated weights are looked at in this order; the "
                    + "first that is not finite is marked, with its place and what to do.",
            "",
            "The exit code is 0 if the same is found as in the run, to the last bit; 1 if not, as may be on another machine."
        },
        footer = {
            "Examples:",
            "  parfocal replay runs/a/incidents/step-17.safetensors",
            "  parfocal replay runs/a/incidents/step-17.safetensors --layers",
        })
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The incident.")
    private Path file = Path.of("");

    @Option(names = "--layers", description = "Also show the largest number of each layer's output.")
    private boolean layers;

    @Override
    public Integer call() {
        Replay replay = Replay.of(file);
        PrintWriter out = spec.commandLine().getOut();
        List<BatchNames.Picture> pictures = replay.pictures();
        out.println("step " + replay.step() + ", learning rate " + replay.learningRate() + ", " + pictures.size()
                + " images:");
        pictures.forEach(picture -> out.println("  " + picture.id() + "  " + picture.file()));
        out.println();
        out.println(replay.verdict().table());
        out.println();
        if (layers) {
            out.println(table(replay.verdict()));
        }
        out.println(
                replay.verdict().origin().isEmpty()
                        ? "Everything is finite."
                        : replay.verdict().sentence());
        if (replay.same()) {
            out.println("The run found the same, to the last bit.");
            return ExitCode.OK;
        }
        out.println("The run found something else:");
        out.println(replay.found());
        return ExitCode.NEGATIVE;
    }

    private static TextTable table(Verdict verdict) {
        TextTable table = new TextTable("layer", ">largest number");
        verdict.layers().forEach(layer -> table.row(layer.name(), Float.toString(layer.largest())));
        return table;
    }
}
