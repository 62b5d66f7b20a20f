package dev.parfocal.cli.command;

import dev.parfocal.cli.report.CommandFile;
import dev.parfocal.cli.report.ReportFile;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.run.OutFolder;
import dev.parfocal.cli.text.Invocation;
import dev.parfocal.cli.tune.Place;
import dev.parfocal.cli.tune.PrunerName;
import dev.parfocal.cli.tune.SamplerName;
import dev.parfocal.cli.tune.SearchNames;
import dev.parfocal.cli.tune.TrainingObjective;
import dev.parfocal.cli.tune.TuneProgress;
import dev.parfocal.cli.tune.TuneReport;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.file.AtomicFile;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.tune.run.StudyRun;
import dev.parfocal.tune.run.Trials;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal tune}. */
@Command(
        name = "tune",
        description = {
            "Search the best parameters of a loss, and of anything else of a training run, on your images.",
            "",
            "Each trial is a training run with other values. What is searched is one line: a parameter of the classification "
                    + "loss is searched over the range that the loss's own text gives it; 'lr' and keys of the configuration "
                    + "take a range, 'log' for ratios, 'int' for whole numbers, options in braces, and a condition.",
            "",
            "Every event goes to journal.jsonl in the study's folder. Kill it, start it again with the same options: it "
                    + "goes on, and running trials continue from their checkpoints. Start it twice: both work on one study."
        },
        footer = {
            "Examples:",
            "  parfocal tune --data bccd --format voc --out runs/search --trials 40",
            "  parfocal tune --data bccd --format voc --out runs/s2 --loss varifocal --trials 40 --on processes:2 \\",
            "      --search 'gamma, alpha, box.weight in [0.5, 5] log, lr'",
            "  parfocal tune --data /nfs/bccd --format voc --out /nfs/s5 --on spark://master:7077 --trial-timeout 2h",
            "  parfocal tune --data scenes --out runs/s3 --sampler gp --metric AP,seconds:min --search 'lr, batch in [4, 16] int'",
            "  parfocal tune --data scenes --out runs/s4 \\",
            "      --search 'box.loss in {giou, ciou}, box.weight in [1, 4] if box.loss = ciou'"
        })
public final class TuneCommand implements Callable<Integer> {
    private static final int REPORTS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunFlags flags = new RunFlags();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The study's folder.")
    private Path out = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings, as config.yaml of a run.")
    private @Nullable Path file;

    @Option(names = "--trials", paramLabel = "N", description = "Trials in all. Default: ${DEFAULT-VALUE}.")
    private int trials = 40;

    @Option(names = "--search", paramLabel = "TEXT", description = "What to search. Default: the loss's parameters.")
    private String search = "";

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What to maximise: AP, AP50, AP/class, ...; NAME:min to minimise; several, with commas, for the "
                            + "front of best compromises. Default: ${DEFAULT-VALUE}.")
    private String metric = "AP";

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "random, sobol, tpe, gp or cma. Default: ${DEFAULT-VALUE}.")
    private SamplerName sampler = SamplerName.TPE;

    @Option(
            names = "--prune",
            paramLabel = "NAME",
            description = "Give up trials that fall behind: none, median or halving. Default: ${DEFAULT-VALUE}.")
    private PrunerName prune = PrunerName.MEDIAN;

    @Mixin
    private PlaceFlags where = new PlaceFlags();

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (trials < 1) {
            throw new ParfocalException("--trials " + trials + ": at least 1 is needed");
        }
        Place place = where.place();
        List<Metric> metrics = Metric.parse(metric);
        Configuration<RunConfig> given = config(place, metrics);
        RunConfig config = given.value();
        SearchNames names =
                new SearchNames(given, LossArgument.of(config.classification().loss()));
        Space space = names.space(search);
        names.requireLegal(space);
        OutFolder.SEARCH.require(out, config.data().source());
        Inputs.Named named = Inputs.data(given, false, quiet, spec.commandLine().getErr());
        DataParts parts = DataParts.of(named.data(), config.data());
        requireUnseen(parts);
        metrics.forEach(each -> requireKnown(each, parts.val()));
        Definition definition = new Definition(space, metrics, config.seed(), about(names));
        RunConfig recognised = named.config().value();
        return LastWords.heard(() -> search(place, definition, recognised, names, parts));
    }

    private int search(Place place, Definition definition, RunConfig config, SearchNames names, DataParts parts)
            throws IOException {
        boolean finished;
        boolean isInVain;
        try (Study study = Study.open(
                out.resolve("journal.jsonl"),
                definition,
                sampler.sampler(config.seed()),
                pruner(definition.metrics(), config))) {
            // As a whole: the trials of another program that works on the study may be reading it.
            AtomicFile.write(
                    out.resolve("config.yaml"),
                    stream -> stream.write(config.toYaml().getBytes(StandardCharsets.UTF_8)));
            CommandFile.of(out).add(RecordedRun.arguments(spec));
            finished = run(
                    study,
                    place,
                    new TrainingObjective(
                            config,
                            names,
                            parts,
                            out.toAbsolutePath(),
                            definition.metrics().get(0).name()));
            TuneReport.write(study.history(), names, out, spec.commandLine().getOut());
            isInVain = study.history().best().isEmpty();
        }
        spec.commandLine().getOut().println("all on a page       " + ReportFile.ofSearch(out));
        if (!finished) {
            return ExitCode.INTERRUPTED;
        }
        return isInVain ? ExitCode.INTERNAL : ExitCode.OK;
    }

    private boolean run(Study study, Place place, TrainingObjective objective) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> child =
                List.of("tune-trial", "--study", objective.study().toString(), "--metric", objective.metric());
        try (Trials open = place.trials(objective, child, err::println)) {
            StudyRun.Listener listener =
                    quiet ? StudyRun.Listener.SILENT : new TuneProgress(err, trials, study.history());
            boolean finished = StudyRun.run(study, trials, open, () -> false, listener);
            if (!finished && !quiet) {
                err.println("stopped; the same command goes on: " + Invocation.of("tune ..."));
            }
            return finished;
        }
    }

    private Configuration<RunConfig> config(Place place, List<Metric> metrics) {
        Configuration<RunConfig> given = flags.over(file);
        RunConfig config = given.value();
        config.data().source();
        if (config.threads() == null) {
            given = given.with("threads", place.threads(), "--on");
        }
        if (config.evaluateEvery() == null && prunes(metrics)) {
            given = given.with("evaluateEvery", Math.max(1, config.epochs() / REPORTS), "--prune");
        }
        return given;
    }

    /** A trial that is behind in one metric may be ahead in another. */
    private boolean prunes(List<Metric> metrics) {
        return prune != PrunerName.NONE && metrics.size() == 1;
    }

    private Pruner pruner(List<Metric> metrics, RunConfig config) {
        Integer every = config.evaluateEvery();
        return (prunes(metrics) ? prune : PrunerName.NONE).pruner(every == null ? 1 : every);
    }

    private Map<String, String> about(SearchNames names) {
        Map<String, String> about = new TreeMap<>(names.described());
        about.put("sampler", sampler.name());
        about.put("prune", prune.name());
        return about;
    }

    /** The best score on images that were trained on belongs to whatever learns them by heart. */
    private static void requireUnseen(DataParts parts) {
        if (parts.evaluatesOnTrained()) {
            throw new ParfocalException("there are no images to judge trials by: those to evaluate on ("
                    + parts.valName() + ") are trained on; name other parts with --train-split and --val-split");
        }
    }

    private static void requireKnown(Metric metric, Dataset val) {
        List<String> known = new ArrayList<>(
                Arrays.stream(CocoMetric.values()).map(CocoMetric::key).toList());
        known.add(TrainingObjective.SECONDS);
        val.categories().forEach(category -> known.add("AP/" + category.name()));
        // What further tasks of a run call their metrics is theirs: presence/accuracy and the like.
        if (!known.contains(metric.name()) && !metric.name().matches("(presence|count)/.+")) {
            String near = Names.suggestion(metric.name(), known);
            throw new ParfocalException("there is no metric '" + metric.name() + "'"
                    + (near.isEmpty() ? "; there are " + String.join(", ", known) : near));
        }
    }
}
