package dev.parfocal.cli.command;

import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.ProgressPrinter;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.text.Durations;
import dev.parfocal.cli.text.Invocation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal demo}. */
@Command(
        name = "demo",
        description = {
            "Show Parfocal at work: draw a data set, train a detector, score it.",
            "",
            "The detector learns with the Varifocal, GIoU and Distribution Focal losses, and pictures of what it then sees are "
                    + "left to look at. Nothing is downloaded; it takes a few minutes on two processors.",
            "",
            "If the folder has a demo already, the next free name is taken (runs/demo-2, ...): nothing is overwritten."
        },
        footer = {"Examples:", "  parfocal demo", "  parfocal demo --seed 7 --out runs/seven"})
public final class DemoCommand implements Callable<Integer> {

    private static final Path DEFAULT_OUT = Path.of("runs", "demo");
    private static final int TRAIN = 500;
    private static final int VAL = 60;
    private static final int TEST = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", paramLabel = "DIR", description = "Where everything goes. Default: runs/demo.")
    private @Nullable Path folder;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the scenes and the training. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--images", paramLabel = "N", description = "Scenes to train on. Default: ${DEFAULT-VALUE}.")
    private int images = TRAIN;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over them. Default: ${DEFAULT-VALUE}.")
    private int epochs = 20;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        Path out = free(folder == null ? DEFAULT_OUT : folder);
        say(err, "drawing " + (images + VAL + TEST) + " scenes into " + out.resolve("data"));
        SceneOptions options = SceneOptions.defaults();
        Dataset data = SceneFiles.write(
                new SceneGenerator(seed, options), out.resolve("data"), SceneFiles.parts(images, VAL, TEST), "jpg");
        say(err, data.objects() + " objects of " + data.categories().size() + " classes; training a detector");
        ProgressListener progress =
                quiet ? ProgressListener.SILENT : new ProgressPrinter(err, ProgressPrinter.isTerminal());
        TrainingResult result = RecordedRun.train(
                config(out, options), data.split("train"), data.split("val"), out, false, progress, spec);
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        RunReport report = RunReport.write(out, "test", data.split("test"), "The demo's losses");
        closing(out, result, report, Duration.ofNanos(System.nanoTime() - began));
        return ExitCode.OK;
    }

    private RunConfig config(Path out, SceneOptions options) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("data.path", out.resolve("data").toAbsolutePath().normalize().toString());
        values.put("model.input.width", options.width());
        values.put("model.input.height", options.height());
        // Scenes differ enough by themselves, and many small steps teach shapes sooner than few large ones.
        values.put("augment.minScale", 0.9);
        values.put("augment.maxScale", 1.1);
        values.put("augment.shift", 0.05);
        values.put("batch", 4);
        values.put("epochs", epochs);
        values.put("seed", seed);
        return RunConfig.configuration().with(values, "demo").value();
    }

    /** The folder, or the first of folder-2, folder-3 … that has nothing in it. */
    private Path free(Path wanted) {
        Path candidate = wanted;
        for (int number = 2; Files.exists(candidate); number++) {
            candidate = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        if (!candidate.equals(wanted)) {
            say(spec.commandLine().getErr(), wanted + " is there already and stays as it is");
        }
        return candidate;
    }

    private void say(PrintWriter err, String words) {
        if (!quiet) {
            err.println(words);
        }
    }

    private void closing(Path out, TrainingResult result, RunReport report, Duration whole) throws IOException {
        PrintWriter words = spec.commandLine().getOut();
        words.println("Trained in " + Durations.shown(result.training()) + " (" + result.steps() + " steps), "
                + Durations.shown(whole) + " in all. On " + TEST + " test scenes that it never saw:");
        words.println();
        words.print(RunReport.table(report.result()));
        words.println();
        words.println("Look at");
        words.println("  " + ReportFile.ofTraining(out) + "   all of it on one page");
        words.println("  " + out.resolve("predictions.jpg") + "   what it sees, beside the truth");
        words.println("  " + out.resolve("losses.svg") + "   its losses, epoch by epoch");
        words.println("Go on with");
        words.println("  "
                + Invocation.of("predict --run " + out + " --images " + out.resolve("data/images") + " --out found"));
        words.println("  " + Invocation.of("plot varifocal --set gamma=0,1,2,5"));
        words.println("  " + Invocation.of("train --help"));
    }
}
