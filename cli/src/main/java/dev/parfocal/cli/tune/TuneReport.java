package dev.parfocal.cli.tune;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.text.Counts;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.file.AtomicFile;
import dev.parfocal.tune.importance.Importance;
import dev.parfocal.tune.pareto.Ranking;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is told of a study: tables, the best configuration, a picture. */
public final class TuneReport {
    private static final int ROWS = 10;
    private static final int ENOUGH = 6;

    private TuneReport() {}

    /**
     * Prints the best trials and the importance of what was searched; writes {@code best.yaml}, a configuration to train
     * with, and {@code search.svg} into the study's folder.
     */
    public static void write(History history, SearchNames names, Path study, PrintWriter out) throws IOException {
        out.println(counts(history));
        if (history.best().isEmpty()) {
            String reason = history.in(State.FAILED)
                    .reduce((first, last) -> last)
                    .map(last -> ": trial " + last.number() + " failed, " + last.reason())
                    .orElse("");
            out.println("no trial came to its end" + reason + "; journal.jsonl says why each failed");
            return;
        }
        Trial best = history.best().get();
        out.println();
        out.print(best(history));
        List<Importance> importance = importance(history);
        if (!importance.isEmpty()) {
            out.println();
            out.print(table(importance));
        }
        Path config = study.resolve("best.yaml");
        String yaml =
                names.configured(history.space().shown(best.point())).value().toYaml();
        AtomicFile.write(config, stream -> stream.write(yaml.getBytes(StandardCharsets.UTF_8)));
        out.println();
        out.println("best configuration  " + config);
        out.println("its detector        " + TrainingObjective.folder(study, best.number()));
        out.println("journal             " + study.resolve("journal.jsonl"));
        Path picture = study.resolve("search.svg");
        Pictures.write(SearchFigure.of(history, best, importance), picture);
        out.println("picture             " + picture);
    }

    /** How many trials there are, and how they ended. */
    public static String counts(History history) {
        Map<State, Long> counts =
                history.trials().stream().collect(Collectors.groupingBy(Trial::state, Collectors.counting()));
        String words = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return Counts.of(history.trials().size(), "trial") + ": " + words;
    }

    /** The best trials, or those of the front if there are several metrics. */
    public static TextTable best(History history) {
        List<Trial> shown = history.metrics().size() > 1
                ? Ranking.front(history)
                : Ranking.ranked(history, history.in(State.COMPLETE).toList()).stream()
                        .limit(ROWS)
                        .toList();
        return table(history, shown);
    }

    /** Complete trials with their metrics and their points. */
    private static TextTable table(History history, List<Trial> shown) {
        List<String> headings = new ArrayList<>(List.of(">trial"));
        history.metrics().forEach(metric -> headings.add(">" + metric.name()));
        history.space().variables().forEach(variable -> headings.add(">" + variable.name()));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (Trial trial : shown) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(trial.number())));
            for (int metric = 0; metric < history.metrics().size(); metric++) {
                cells.add(value(history, trial, metric));
            }
            history.space().variables().forEach(variable -> cells.add(setting(history, trial, variable.name())));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** How much each of what was searched explains of the first metric; empty if that cannot be said. */
    public static List<Importance> importance(History history) {
        return history.ended().size() < ENOUGH
                ? List.of()
                : Importance.of(history, 0).orElse(List.of());
    }

    /** The same as a table. */
    public static TextTable table(List<Importance> importance) {
        TextTable table = new TextTable("searched", ">explains alone", ">with interactions");
        importance.forEach(each -> table.row(each.variable(), percent(each.alone()), percent(each.total())));
        return table;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** A metric of a complete trial. */
    public static String value(History history, Trial trial, int metric) {
        Metric wanted = history.metrics().get(metric);
        return wanted.name().equals(TrainingObjective.SECONDS)
                ? String.format(Locale.ROOT, "%.1f", trial.metrics().get(wanted.name()))
                : String.format(Locale.ROOT, "%.4f", trial.metrics().get(wanted.name()));
    }

    /** How a trial ended. */
    public static String result(History history, Trial trial) {
        return switch (trial.state()) {
            case COMPLETE -> history.metrics().get(0).name() + " " + value(history, trial, 0);
            case PRUNED -> "given up at step " + trial.reports().lastKey();
            case FAILED -> "failed (" + trial.reason() + ")";
            case RUNNING -> "running";
        };
    }

    /** The point of a trial in few digits. */
    public static String settings(History history, Trial trial) {
        return trial.point().values().keySet().stream()
                .map(name -> name + "=" + setting(history, trial, name))
                .collect(Collectors.joining(" "));
    }

    private static String setting(History history, Trial trial, String name) {
        if (!trial.point().has(name)) {
            return "-";
        }
        var domain = history.space().variable(name).domain();
        double value = trial.point().value(name);
        return domain.size() == 0 ? String.format(Locale.ROOT, "%.4g", value) : domain.shown(value);
    }
}
