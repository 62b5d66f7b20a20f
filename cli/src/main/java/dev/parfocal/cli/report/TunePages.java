package dev.parfocal.cli.report;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.cli.tune.FrontFigure;
import dev.parfocal.cli.tune.SearchFigure;
import dev.parfocal.cli.tune.SearchNames;
import dev.parfocal.cli.tune.TrainingObjective;
import dev.parfocal.cli.tune.TuneReport;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.RunRecord;
import dev.parfocal.tune.importance.Importance;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the page of a search from its folder. */
final class TunePages {
    private final Path folder;
    private final RunConfig config;
    private final History history;
    private final List<Notice> notices = new ArrayList<>();

    private TunePages(Path folder) {
        this.folder = folder;
        Configuration<RunConfig> given = RunConfig.configuration().overlay(folder.resolve("config.yaml"));
        config = given.value();
        SearchNames names = new SearchNames(given, loss(config));
        history = Study.read(folder.resolve("journal.jsonl"), names::space);
    }

    /** The page of a search, finished or not. */
    static TunePage of(Path folder) {
        return new TunePages(folder).page();
    }

    private static Loss loss(RunConfig config) {
        return java.util.Objects.requireNonNull(config.losses().get("classification"));
    }

    private TunePage page() {
        Optional<Trial> best = history.best();
        long running = history.in(State.RUNNING).count();
        if (best.isEmpty() && running == 0) {
            notices.add(new Notice(Notice.Kind.SEVERE, "No trial came to its end.", "The table of trials says why."));
        }
        if (running > 0) {
            notices.add(new Notice(
                    Notice.Kind.WARNING,
                    Shown.count(running, "trial") + " had not ended when this page was written.",
                    "The same command goes on with what was stopped."));
        }
        List<Importance> importance = best.isEmpty() ? List.of() : TuneReport.importance(history);
        List<Titled> tables = new ArrayList<>();
        best.ifPresent(trial -> tables.add(new Titled(
                history.metrics().size() > 1 ? "Front of best compromises" : "Best trials",
                "",
                TuneReport.best(history))));
        if (!importance.isEmpty()) {
            tables.add(new Titled(
                    "What matters",
                    "How much of the differences in " + metric() + " each explains, by a model of the trials.",
                    TuneReport.table(importance)));
        }
        tables.add(new Titled("Every trial", "", trials()));
        return new TunePage(
                Shown.subject(config),
                "Search for the best of " + history.space(),
                facts(best),
                notices,
                best.map(trial -> search(trial, importance)).orElse(List.of()),
                tables,
                best.map(this::course).orElse(List.of()),
                LossCurves.of(losses(best)),
                RunOrigin.of(
                        folder,
                        TrainingObjective.folder(folder, best.map(Trial::number).orElse(0))));
    }

    private String metric() {
        return history.metrics().get(0).name();
    }

    private List<Fact> facts(Optional<Trial> best) {
        List<Fact> facts = new ArrayList<>();
        best.ifPresent(trial -> {
            facts.add(new Fact("best " + metric(), TuneReport.value(history, trial, 0), "trial " + trial.number()));
            trial.point()
                    .values()
                    .keySet()
                    .forEach(name -> facts.add(new Fact(name, shown(trial, name), "in the best trial")));
        });
        facts.add(new Fact(
                "trials",
                String.valueOf(history.trials().size()),
                TuneReport.counts(history).replaceFirst("^[^:]*: ?", "")));
        return facts;
    }

    private String shown(Trial trial, String name) {
        var domain = history.space().variable(name).domain();
        double value = trial.point().value(name);
        return domain.size() == 0 ? String.format(Locale.ROOT, "%.4g", value) : domain.shown(value);
    }

    private List<Chart> search(Trial best, List<Importance> importance) {
        List<Chart> charts = new ArrayList<>();
        Chart course = Chart.of("Course and surface", "", SearchFigure.of(history, best, importance));
        String believed = " Curves and surfaces are what a Gaussian process believes of " + metric()
                + ", all else as in the best trial.";
        charts.add(course.saying("Dots are trials." + (course.panels().size() > 1 ? believed : "")));
        if (history.metrics().size() > 1) {
            charts.add(Chart.of(
                    "Front of best compromises",
                    "Dots are trials; the line joins those that no other beats in every metric.",
                    FrontFigure.of(history)));
        }
        return charts;
    }

    private TextTable trials() {
        TextTable table = new TextTable(">trial", "result", ">seconds", "point");
        history.trials()
                .forEach(trial -> table.row(
                        String.valueOf(trial.number()),
                        TuneReport.result(history, trial),
                        trial.state() == State.RUNNING ? "" : String.format(Locale.ROOT, "%.1f", trial.seconds()),
                        TuneReport.settings(history, trial)));
        return table;
    }

    private List<Chart> course(Trial best) {
        Path metrics = TrainingObjective.folder(folder, best.number()).resolve("metrics.jsonl");
        return Files.exists(metrics)
                ? CourseCharts.of(RunRecord.read(metrics), config.component("classification"))
                : List.of();
    }

    private Map<String, Loss> losses(Optional<Trial> best) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        Loss loss = loss(config);
        losses.put(loss.name() + " as configured", loss);
        best.map(trial -> TrainingObjective.folder(folder, trial.number()).resolve("classification.loss"))
                .filter(Files::exists)
                .map(Loss::read)
                .filter(found -> !found.equals(loss))
                .ifPresent(found -> losses.put(found.name() + " of the best trial", found));
        return losses;
    }
}
