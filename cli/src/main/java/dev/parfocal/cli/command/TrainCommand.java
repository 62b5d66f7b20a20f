package dev.parfocal.cli.command;

import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.run.OutFolder;
import dev.parfocal.cli.run.ProgressPrinter;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.cli.text.Counts;
import dev.parfocal.cli.text.Durations;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal train}. */
@Command(
        name = "train",
        description = {
            "Train a detector on your images.",
            "",
            "The data set is read in COCO, Pascal VOC or YOLO layout; what cannot be used (boxes without area, missing images "
                    + "and the like) is left out and reported, or refused with --strict. Splits named train, val and test "
                    + "are used as such; VOC's are read from ImageSets/Main. A data set without splits is divided: every "
                    + "fifth image is held out to evaluate on.",
            "",
            "Everything about the run goes to its folder: the whole configuration (config.yaml), each loss at each step "
                    + "(metrics.jsonl), checkpoints, the weights, detections and scores, and pictures to look at. Options "
                    + "given here win over the file of --config, which wins over the defaults. Ctrl-C stops after the "
                    + "current step and loses nothing: --resume goes on, with the same result as if it had never stopped."
        },
        footer = {
            "Examples:",
            "  parfocal train --data bccd --format voc --train-split trainval --out runs/bccd",
            "  parfocal train --data coco.json --loss quality_focal --set beta=2 --epochs 30 --out runs/qfl",
            "  parfocal train --data bccd --format voc --loss my.loss --box-loss ciou --out runs/mine",
            "  parfocal train --out runs/mine --resume",
            "  parfocal train --data scenes --with model.regMax=null --with loss.distribution=null --out runs/no-dfl",
        })
public final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunFlags flags = new RunFlags();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's folder.")
    private Path out = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings, as config.yaml of a run.")
    private @Nullable Path file;

    @Option(names = "--resume", description = "Go on with the run in --out where it was stopped.")
    private boolean resume;

    @Option(names = "--strict", description = "Refuse a data set with any defect.")
    private boolean strict;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Configuration<RunConfig> given = flags.over(base());
        Path folder = Inputs.path(given);
        OutFolder.RUN.require(out, folder);
        PrintWriter err = spec.commandLine().getErr();
        Inputs.Named named = Inputs.data(given, strict, quiet, err);
        DataParts parts = DataParts.of(named.data(), given.value().data());
        parts.warnings().forEach(warning -> err.println("data: " + warning));
        ProgressListener progress =
                quiet ? ProgressListener.SILENT : new ProgressPrinter(err, ProgressPrinter.isTerminal());
        if (!quiet) {
            err.println(parts.words());
        }
        return OutFolder.RUN.holding(
                out, folder, () -> train(parts, parts.named(named.config()).value(), progress));
    }

    private int train(DataParts parts, RunConfig config, ProgressListener progress) throws IOException {
        TrainingResult result = RecordedRun.train(config, parts.train(), parts.val(), out, resume, progress, spec);
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        report(config, parts, result);
        return ExitCode.OK;
    }

    /** A run that is resumed goes on with its own configuration, unless a file is named. */
    private @Nullable Path base() {
        if (file != null || !resume) {
            return file;
        }
        Path own = out.resolve("config.yaml");
        if (!Files.exists(own)) {
            throw new ParfocalException(out + ": no run to resume here; start one without --resume");
        }
        return own;
    }

    private void report(RunConfig config, DataParts parts, TrainingResult result) throws IOException {
        boolean hasTest = parts.test().isPresent();
        Dataset scored = parts.test().orElse(parts.val());
        String title = name(config.classification().loss()) + " on "
                + name(config.data().source().toString());
        RunReport report = RunReport.write(out, hasTest ? "test" : parts.valName(), scored, title);
        PrintWriter words = spec.commandLine().getOut();
        RunRecord record = RunRecord.read(out.resolve("metrics.jsonl"));
        if (record.steps().isEmpty() && !record.skipped().isEmpty()) {
            words.println("nothing was learnt: " + Counts.of(record.skipped().size(), "step") + " of " + result.steps()
                    + " left out; " + record.incidents().get(0).words());
        }
        words.println("trained in " + Durations.shown(result.training()) + ", " + Counts.of(result.steps(), "step")
                + "; scored on " + Counts.of(scored.samples().size(), "image") + " (" + report.part() + ")");
        words.println();
        words.print(RunReport.table(report.result()));
        report.answers().forEach(words::println);
        words.println();
        words.println("detector and scores  " + out);
        words.println("pictures             " + out.resolve("predictions.jpg"));
        words.println("losses               " + out.resolve("losses.svg"));
        words.println("all of it on a page  " + ReportFile.ofTraining(out));
    }

    /** The last part of a path. */
    private static String name(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}
