package dev.parfocal.cli.command;

import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.ProgressPrinter;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.text.Durations;
import dev.parfocal.cli.text.Invocation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.criterion.LossComponent;
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
            "The detector is trained from nothing: by default Parfocal's own small one, with the Varifocal, GIoU and Distribution "
                    + "Focal losses, in a few minutes on two processors. --model takes any other that 'parfocal models' "
                    + "lists, at a scale that suits drawn scenes; 'parfocal models NAME --demo' prints its configuration. "
                    + "Pictures of what the detector then sees are left to look at. Nothing is downloaded.",
            "",
            "If the folder has a demo already, the next free name is taken (runs/demo-2, ...): nothing is overwritten."
        },
        footer = {
            "Examples:",
            "  parfocal demo",
            "  parfocal demo --seed 7 --out runs/seven",
            "  parfocal demo --model rt_detr",
            "  parfocal demo --model retinanet --with loss.dense.classification.loss=varifocal",
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String DENSE = "dense";
    private static final int TRAIN = 800;
    private static final int VAL = 60;
    private static final int TEST = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The detector: see 'parfocal models'. Default: ${DEFAULT-VALUE}.")
    private String model = DENSE;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where everything goes. Default: runs/demo, runs/demo-NAME for another model.")
    private @Nullable Path folder;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the scenes and the training. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--images", paramLabel = "N", description = "Scenes to train on. Default: ${DEFAULT-VALUE}.")
    private int images = TRAIN;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over them. Default: what the model needs.")
    private @Nullable Integer epochs;

    @Option(
            names = "--with",
            paramLabel = "KEY=VALUE",
            description =
                    "Any other key of the configuration, by its path: --with optimizer.learningRate=0.001. May be "
                            + "repeated.")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        Configuration<RunConfig> demo = Models.demo(model);
        Path out = free(folder == null ? Path.of("runs", DENSE.equals(model) ? "demo" : "demo-" + model) : folder);
        RunConfig config = config(demo, out);
        config.requireTeachable(SceneGenerator.categories().size());
        Dataset data = draw(out.resolve("data"));
        say(err, data.objects() + " objects of " + data.categories().size() + " classes; training " + model);
        ProgressListener progress =
                quiet ? ProgressListener.SILENT : new ProgressPrinter(err, ProgressPrinter.isTerminal());
        TrainingResult result =
                RecordedRun.train(config, data.split("train"), data.split("val"), out, false, progress, spec);
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        Dataset test = data.split("test");
        RunReport report = RunReport.write(out, "test", test, "The demo's losses");
        Duration whole = Duration.ofNanos(System.nanoTime() - began);
        closing(result, whole, test.samples().size(), report.result());
        advice(config, out);
        return ExitCode.OK;
    }

    private RunConfig config(Configuration<RunConfig> demo, Path out) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("data.path", out.resolve("data").toAbsolutePath().normalize().toString());
        values.put("seed", seed);
        if (epochs != null) {
            values.put("epochs", epochs);
        }
        return demo.with(values, "demo").withTexts(others, "--with").value();
    }

    private Dataset draw(Path scenes) {
        Map<String, Integer> parts = SceneFiles.parts(images, Math.min(VAL, 2 * images), Math.min(TEST, 3 * images));
        int count = parts.values().stream().mapToInt(Integer::intValue).sum();
        say(spec.commandLine().getErr(), "drawing " + count + " scenes into " + scenes);
        return SceneFiles.write(new SceneGenerator(seed, SceneOptions.defaults()), scenes, parts, "jpg");
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

    private void closing(TrainingResult result, Duration whole, int scenes, CocoResult scores) {
        PrintWriter words = spec.commandLine().getOut();
        words.println("Trained in " + Durations.shown(result.training()) + " (" + result.steps() + " steps), "
                + Durations.shown(whole) + " in all. On " + scenes + " test scenes that it never saw:");
        words.println();
        words.print(RunReport.table(scores));
        words.println();
    }

    private void advice(RunConfig config, Path out) throws IOException {
        PrintWriter words = spec.commandLine().getOut();
        words.println("Look at");
        words.println("  " + ReportFile.ofTraining(out) + "   all of it on one page");
        words.println("  " + out.resolve("predictions.jpg") + "   what it sees, beside the truth");
        words.println("  " + out.resolve("losses.svg") + "   its losses, epoch by epoch");
        words.println("Go on with");
        words.println("  "
                + Invocation.of("predict --run " + out + " --images " + out.resolve("data/images") + " --out found"));
        words.println("  " + Invocation.of("plot " + plotted(config.classification())));
        words.println("  " + Invocation.of("train --help"));
    }

    /** A loss as {@code plot} takes it, with values of its focusing exponent if it has one. */
    private static String plotted(LossComponent component) {
        String loss = component.loss();
        boolean focuses = LossArgument.of(loss).parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("gamma"));
        return focuses ? loss + " --set gamma=0,1,2,5" : loss;
    }
}
