package dev.parfocal.cli.compare;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.tune.statistics.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A comparison for the terminal: tables, and sentences that say which differences are real. */
public final class ComparisonText {

    private static final List<Measure> SPOKEN =
            List.of(Measure.AP, Measure.OLRP, Measure.D_ECE, Measure.LA_ECE, Measure.SPEARMAN);

    private ComparisonText() {}

    /** All of it. */
    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append("Accuracy\n\n").append(accuracy(comparison.entries())).append('\n');
        text.append("Average precision by class\n\n")
                .append(classes(comparison.entries()))
                .append('\n');
        text.append("Calibration\n\n").append(calibration(comparison.entries())).append('\n');
        for (Measure measure : SPOKEN) {
            sentences(comparison, measure, text);
        }
        return text.append(comparison.words()).append('\n').toString();
    }

    private static TextTable accuracy(List<Entry> entries) {
        TextTable table =
                new TextTable("loss", ">AP", ">AP50", ">AP75", ">APs", ">APm", ">APl", ">oLRP", ">ms/step", ">seeds");
        for (Entry entry : entries) {
            table.row(
                    entry.name(),
                    shown(entry, Measure.AP),
                    shown(entry, Measure.AP50),
                    shown(entry, Measure.AP75),
                    shown(entry, scores -> scores.bySize().getOrDefault("APs", Double.NaN)),
                    shown(entry, scores -> scores.bySize().getOrDefault("APm", Double.NaN)),
                    shown(entry, scores -> scores.bySize().getOrDefault("APl", Double.NaN)),
                    shown(entry, Measure.OLRP),
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            entry.mean(scores -> scores.cost().millisecondsPerStep())),
                    String.valueOf(entry.seeds().size()));
        }
        return table;
    }

    private static TextTable classes(List<Entry> entries) {
        List<String> classes =
                List.copyOf(entries.get(0).seeds().get(0).byClass().keySet());
        List<String> headings = new ArrayList<>(List.of("loss"));
        classes.forEach(name -> headings.add(">" + name));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (Entry entry : entries) {
            List<String> cells = new ArrayList<>(List.of(entry.name()));
            classes.forEach(name ->
                    cells.add(shown(entry, scores -> scores.byClass().getOrDefault(name, Double.NaN))));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static TextTable calibration(List<Entry> entries) {
        TextTable table = new TextTable(
                "loss",
                ">D-ECE",
                ">temperature",
                ">isotonic",
                ">all scores",
                ">LaECE",
                ">temperature",
                ">isotonic",
                ">LaACE0",
                ">Spearman",
                ">Kendall");
        for (Entry entry : entries) {
            table.row(
                    entry.name(),
                    shown(entry, Measure.D_ECE),
                    shown(entry, Measure.D_ECE_TEMPERATURE),
                    shown(entry, Measure.D_ECE_ISOTONIC),
                    shown(entry, Measure.D_ECE_ALL),
                    shown(entry, Measure.LA_ECE),
                    shown(entry, Measure.LA_ECE_TEMPERATURE),
                    shown(entry, Measure.LA_ECE_ISOTONIC),
                    shown(entry, Measure.LA_ACE),
                    shown(entry, Measure.SPEARMAN),
                    shown(entry, Scores::kendall));
        }
        return table;
    }

    private static void sentences(Comparison comparison, Measure measure, StringBuilder text) {
        List<Difference> differences = comparison.ofBest(measure);
        if (differences.isEmpty()) {
            return;
        }
        text.append(measure.key())
                .append(", ")
                .append(measure.description())
                .append(measure.higherIsBetter() ? "; more is better\n" : "; less is better\n");
        differences.forEach(each -> text.append("  ").append(each.sentence()).append('\n'));
        text.append('\n');
    }

    private static String shown(Entry entry, Measure measure) {
        return shown(entry, scores -> scores.value(measure));
    }

    /** The mean, and the deviation over seeds if there are several. */
    private static String shown(Entry entry, ToDoubleFunction<Scores> number) {
        double mean = entry.mean(number);
        double deviation = entry.deviation(number);
        if (Double.isNaN(mean)) {
            return "-";
        }
        return Double.isNaN(deviation)
                ? String.format(Locale.ROOT, "%.3f", mean)
                : String.format(Locale.ROOT, "%.3f ±%.3f", mean, deviation);
    }
}
