package dev.parfocal.cli.command;

import dev.parfocal.cli.compare.Cell;
import dev.parfocal.cli.compare.FoldFiles;
import dev.parfocal.cli.compare.FoldScores;
import dev.parfocal.cli.report.CommandFile;
import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.OutFolder;
import dev.parfocal.cli.run.ProgressPrinter;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.fold.Folds;
import dev.parfocal.detection.fold.SamePicture;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal cross-validate}. */
@Command(
        name = "cross-validate",
        description = {
            "Train once for each part of the data, on all other parts, and score it on that part.",
            "",
            "Every image is scored once, by a detector that did not see it. The parts have about equal shares of every class; "
                    + "images that belong together (one patient, one video) stay together if you say which. A picture that "
                    + "is there twice is reported, and its copies are kept in one part unless --separate-copies is given.",
            "",
            "Ctrl-C stops after the current step; the same command goes on."
        },
        footer = {
            "Examples:",
            "  parfocal cross-validate --data bccd --format voc --folds 5 --epochs 30 --out runs/folds",
            "  parfocal cross-validate --data scans --group-pattern '^(patient\\d+)_' --out runs/by-patient",
            "",
            "Left in the folder: folds.csv (image, group, fold), results.jsonl and results.csv (a line for each fold), report.html, and every "
                    + "run in folds/fold-N."
        })
public final class CrossValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--folds", paramLabel = "N", description = "How many parts. Default: ${DEFAULT-VALUE}.")
    private int count = 5;

    @Mixin
    private GroupFlags groups = new GroupFlags();

    @Option(
            names = "--separate-copies",
            description = "Treat copies of a picture as different images, and report those in different folds.")
    private boolean separate;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The cross-validation's folder.")
    private Path out = Path.of("");

    @Mixin
    private RunFlags flags = new RunFlags();

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings, as config.yaml of a run.")
    private @Nullable Path file;

    @Option(names = "--strict", description = "Refuse a data set with any defect.")
    private boolean strict;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        flags.refuseValSplit("every image is scored in its turn; --train-split says which images take part");
        PrintWriter err = spec.commandLine().getErr();
        Configuration<RunConfig> given = flags.over(file);
        RunConfig config = given.value();
        Inputs.Named named = Inputs.data(given, strict, quiet, err);
        Dataset whole = named.data();
        Dataset data = flags.trainSplit().map(whole::split).orElse(whole);
        List<SamePicture> copies = SamePicture.among(data.samples());
        Function<Sample, String> group = groups.groups();
        Folds folds = Folds.stratified(data, count, group, separate ? List.of() : copies, config.seed());
        copies.forEach(same -> err.println(leak(same, folds)));
        err.print(FoldFiles.spread(folds));
        return OutFolder.CROSS_VALIDATION.holding(out, given.value().data().source(), () -> {
            FoldFiles files = new FoldFiles(out);
            files.writeFolds(folds, group);
            CommandFile.of(out).add(RecordedRun.arguments(spec));
            return run(folds, named.config(), files, err);
        });
    }

    private static String leak(SamePicture same, Folds folds) {
        List<String> where = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            if (folds.parts().get(fold).stream().anyMatch(same.samples()::contains)) {
                where.add(String.valueOf(fold + 1));
            }
        }
        return where.size() == 1
                ? "the same picture, kept together in fold " + where.get(0) + ": " + same
                : "leak: the same picture is in folds " + String.join(" and ", where) + ": " + same;
    }

    private int run(Folds folds, Configuration<RunConfig> config, FoldFiles files, PrintWriter err) throws IOException {
        ProgressListener words =
                quiet ? ProgressListener.SILENT : new ProgressPrinter(err, ProgressPrinter.isTerminal());
        List<Map<String, Double>> scores = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            Cell cell = cell(fold, config);
            Dataset scored = folds.scored(fold);
            String title = "[" + (fold + 1) + "/" + folds.count() + "] fold " + (fold + 1);
            boolean finished = cell.isFinished();
            if (!quiet) {
                err.println(title + (finished ? ": finished before" : ""));
            }
            if (!finished && !finishes(cell, folds.trained(fold), scored, words)) {
                err.println("stopped; nothing is lost, the same command goes on");
                return ExitCode.INTERRUPTED;
            }
            scores.add(FoldScores.of(scored, cell.scored(scored)));
        }
        files.writeScores(scores);
        PrintWriter result = spec.commandLine().getOut();
        result.print(FoldFiles.scores(scores));
        result.println();
        result.println("every fold  " + out.resolve("results.csv"));
        result.println("who is in   " + out.resolve("folds.csv"));
        result.println("on a page   " + ReportFile.ofFolds(out));
        return ExitCode.OK;
    }

    private boolean finishes(Cell cell, Dataset trained, Dataset scored, ProgressListener words) {
        return PagedTraining.finishes(() -> cell.train(trained, scored, scored, words), () -> ReportFile.ofFolds(out));
    }

    private Cell cell(int fold, Configuration<RunConfig> config) {
        String name = "fold-" + (fold + 1);
        RunConfig own = config.with(
                        Map.of("data.train", "all but " + name + " of " + count, "data.val", name + " of " + count),
                        name)
                .value();
        return new Cell(out.resolve("folds").resolve(name), own);
    }
}
