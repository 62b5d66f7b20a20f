package dev.parfocal.cli.command;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.compare.Candidate;
import dev.parfocal.cli.compare.Cell;
import dev.parfocal.cli.compare.Comparison;
import dev.parfocal.cli.compare.ComparisonFiles;
import dev.parfocal.cli.compare.ComparisonText;
import dev.parfocal.cli.compare.Entry;
import dev.parfocal.cli.compare.Grid;
import dev.parfocal.cli.compare.Parts;
import dev.parfocal.cli.compare.ReliabilityFigure;
import dev.parfocal.cli.report.CommandFile;
import dev.parfocal.cli.report.FailureFile;
import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.run.OutFolder;
import dev.parfocal.cli.run.ProgressPrinter;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ProgressListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal compare}. */
@Command(
        name = "compare",
        description = {
            "Train with several losses under equal conditions, and say which differences are real.",
            "",
            "Losses of classes are named by --losses; --vary compares values of any key: losses of other slots, assigners, "
                    + "parts of the model. The detector is any of 'parfocal models'.",
            "",
            "Every loss is trained with every seed: from the same initial weights (but for the bias that its recipe asks for), on "
                    + "the same batches, as long, each with its own recipe. Then accuracy, calibration and time per step are "
                    + "measured on images that no training saw; operating points and calibrators are fitted on others.",
            "",
            "Differences come with bootstrap intervals over images, paired over seeds, and with probabilities corrected for the "
                    + "number of comparisons. docs/comparison.md explains every number.",
            "",
            "Ctrl-C stops after the current step; the same command goes on. Trainings that are finished are not repeated, so more "
                    + "losses or seeds can be added later."
        },
        footer = {
            "Examples:",
            "  parfocal compare --data bccd --format voc --losses bce,focal,varifocal,quality_focal --out runs/losses",
            "  parfocal compare --data scenes --losses focal,my.loss --grid focal.gamma=0,1,2,5 --seeds 5 --out runs/gamma",
            "  parfocal compare --data scenes --model faster_rcnn --losses bce,focal --slot rpn.classification --out runs/rpn",
            "  parfocal compare --data scenes --model fcos --vary 'loss.dense.box.loss=giou;ciou' --out runs/boxes",
            "",
            "Left in the folder: results.jsonl and results.csv (a line for each training), comparison.json (means, intervals, "
                    + "differences), comparison.txt and comparison.md (what is printed), reliability.svg, report.html (all of it on a page), and every run in runs/LOSS/seed-S."
        })
public final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Contenders contenders = new Contenders();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Trainings of each loss; their seeds count up from --seed. Default: ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The comparison's folder.")
    private Path out = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "LOSS",
            description = "Compare all others with this one only. Default: all with all.")
    private @Nullable String against;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            description = "Of the bootstrap; more where many are compared. Default: ${DEFAULT-VALUE}.")
    private int resamples = 2000;

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
        if (seeds < 1 || resamples < 100) {
            throw new ParfocalException(
                    "--seeds (" + seeds + ") must be at least 1, --resamples (" + resamples + ") at least 100");
        }
        flags.refuseLoss("compare names its losses with --losses and their parameters with --grid");
        PrintWriter err = spec.commandLine().getErr();
        Configuration<RunConfig> given = flags.over(file);
        RunConfig config = given.value();
        List<Candidate> candidates = contenders.candidates(config.loss().classificationSlots(config.model()));
        checkBaseline(candidates);
        Inputs.Named named = Inputs.data(given, strict, quiet, err);
        DataParts data = DataParts.of(named.data(), config.data());
        Configuration<RunConfig> base = data.named(named.config());
        int classes = data.train().categories().size();
        candidates.forEach(candidate -> candidate.config(base, config.seed()).requireTeachable(classes));
        Parts parts = Parts.of(data);
        err.println(parts.words());
        parts.leaks().forEach(leak -> err.println("leak: " + leak));
        List<Long> numbers =
                LongStream.range(config.seed(), config.seed() + seeds).boxed().toList();
        return OutFolder.COMPARISON.holding(out, config.data().source(), () -> {
            Grid cells = Grid.of(out, candidates, numbers, base);
            CommandFile.of(out).add(RecordedRun.arguments(spec));
            FailureFile.clear(out);
            List<String> failures = new ArrayList<>();
            if (!train(cells, parts, failures, err)) {
                err.println("stopped; nothing is lost, the same command goes on");
                return ExitCode.INTERRUPTED;
            }
            List<Entry> entries = cells.entries(parts);
            if (entries.isEmpty()) {
                FailureFile.write(out, String.join("; ", failures));
                ReportFile.ofComparison(out);
                throw new ParfocalException("no loss could be trained with every seed: " + failures.get(0));
            }
            Comparison comparison = Comparison.of(entries, baseline(entries), resamples, config.seed());
            report(comparison, numbers, parts, failures);
            return ExitCode.OK;
        });
    }

    private void checkBaseline(List<Candidate> candidates) {
        List<String> names = candidates.stream().map(Candidate::name).toList();
        if (against != null && !names.contains(against)) {
            throw new ParfocalException(
                    "--against " + against + ": that is none of those compared: " + String.join(", ", names));
        }
    }

    private OptionalInt baseline(List<Entry> entries) {
        return IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).name().equals(against))
                .findFirst();
    }

    /** Trains what is not finished; returns false if that was interrupted. A loss that fails does not keep the others back. */
    private boolean train(Grid cells, Parts parts, List<String> failures, PrintWriter err) {
        int number = 0;
        for (Grid.Place place : cells.places()) {
            String title = "[" + ++number + "/" + cells.places().size() + "] " + place.words();
            boolean finished = place.cell().isFinished();
            say(err, title + (finished ? ": finished before" : ""));
            try {
                if (!finished && !finishes(place.cell(), parts, err)) {
                    return false;
                }
            } catch (ParfocalException e) {
                failures.add(place.words() + ": " + e.getMessage());
                err.println("failed: " + e.getMessage());
            }
        }
        return true;
    }

    private boolean finishes(Cell cell, Parts parts, PrintWriter err) {
        return PagedTraining.finishes(
                () -> cell.train(parts.train(), parts.val(), parts.scored(), progress(err)),
                () -> ReportFile.ofComparison(out));
    }

    private ProgressListener progress(PrintWriter err) {
        return quiet ? ProgressListener.SILENT : new ProgressPrinter(err, ProgressPrinter.isTerminal());
    }

    private void say(PrintWriter err, String words) {
        if (!quiet) {
            err.println(words);
        }
    }

    private void report(Comparison comparison, List<Long> numbers, Parts parts, List<String> failures)
            throws IOException {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("data", parts.words());
        about.put("seeds", numbers);
        about.put("images", parts.scored().samples().size());
        about.put("failures", failures);
        ComparisonFiles files = new ComparisonFiles(out);
        files.write(comparison, numbers, about);
        String text = ComparisonText.of(comparison);
        files.text("comparison.txt", text);
        files.text("comparison.md", ComparisonText.markdown(comparison));
        Path figure = out.resolve("reliability.svg");
        Pictures.write(ReliabilityFigure.of(comparison.entries(), "Reliability by loss"), figure);
        PrintWriter words = spec.commandLine().getOut();
        words.print(text);
        words.println();
        failures.forEach(failure -> words.println("left out        " + failure));
        words.println("every training  " + out.resolve("results.csv"));
        words.println("differences     " + out.resolve("comparison.json"));
        words.println("reliability     " + figure);
        words.println("all on a page   " + ReportFile.ofComparison(out));
    }
}
