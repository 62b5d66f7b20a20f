package dev.parfocal.cli.command;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.signals.SignalsReport;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.FreshModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal signals}. */
@Command(
        name = "signals",
        description = {
            "Show how the signal of each loss travels through a detector.",
            "",
            "Takes one training step on images of the data set, without augmentation and without changing a weight, and says "
                    + "for each loss its value and what it is divided by; for each output and level how many rows learn an "
                    + "object, are learnt from at all, or are ignored; and at each place between the outputs and the images how "
                    + "large the gradient of each loss is there, its share, and which two losses agree least (the cosine of "
                    + "their gradients: +1 the same direction, -1 opposite).",
            "",
            "It takes the options of 'train'. To follow the signals during training: train --record signals=N."
        },
        footer = {
            "Examples:",
            "  parfocal signals --model retinanet --data bccd --format voc",
            "  parfocal signals --model nanodet --weights nanodet-g.safetensors --data bccd --format voc --out signals",
            "  parfocal signals --model fcos --data bccd --format voc --loss my.loss --json signals.json"
        })
public final class SignalsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings, as config.yaml of a run.")
    private @Nullable Path file;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many images, in one batch. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the numbers here.")
    private @Nullable Path json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write signals.json, signals.txt and the picture signals.svg to this folder.")
    private @Nullable Path out;

    @Mixin
    private RunFlags flags = new RunFlags();

    @Override
    public Integer call() throws IOException {
        RunConfig config = flags.over(file).value();
        if (images < 1) {
            throw new ParfocalException("--images must be at least 1, but is " + images);
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new ParfocalException("--out " + out + " is a file: name a folder");
        }
        SignalsReport report = report(config);
        spec.commandLine().getOut().print(report.text());
        if (json != null) {
            write(json, report.json());
        }
        if (out != null) {
            write(out.resolve("signals.json"), report.json());
            write(out.resolve("signals.txt"), report.text());
            Pictures.write(report.picture(), out.resolve("signals.svg"));
            spec.commandLine().getErr().println("picture: " + out.resolve("signals.svg"));
        }
        return ExitCode.OK;
    }

    private SignalsReport report(RunConfig config) {
        Path data = config.data().source();
        Dataset read = Inputs.read(
                data, config.data().format(), false, spec.commandLine().getErr());
        Dataset train = DataParts.of(read, config.data()).train();
        int count = Math.min(images, train.samples().size());
        String subject =
                config.model().kind() + (config.weights() == null ? " before training" : " from published weights")
                        + ", " + count + (count == 1 ? " image of " : " images of ") + data.getFileName();
        return new SignalsReport(subject, FreshModel.signals(config, train, count));
    }

    private static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        OutputFile.write(file, stream -> stream.write(bytes));
    }
}
