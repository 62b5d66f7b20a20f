package dev.parfocal.cli.compare;

import dev.parfocal.cli.text.TextTable;
import dev.parfocal.tune.statistics.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A comparison for the terminal: tables, and sentences that say which differences are real. */
public final class ComparisonText {

    private static final List<Measure> SPOKEN =
            List.of(Measure.AP, Measure.OLRP, Measure.D_ECE, Measure.LA_ECE, Measure.SPEARMAN);

    private ComparisonText() {}

    /** All of it, for the terminal. */
    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        tables(comparison)
                .forEach((title, table) ->
                        text.append(title).append("\n\n").append(table).append('\n'));
        spoken(comparison).forEach((measure, sentences) -> {
            text.append(title(measure)).append('\n');
            sentences.forEach(sentence -> text.append("  ").append(sentence).append('\n'));
            text.append('\n');
        });
        return text.append(comparison.words()).append('\n').toString();
    }

    /** All of it, as Markdown without a headline. */
    public static String markdown(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        tables(comparison)
                .forEach((title, table) -> text.append(title)
                        .append(":\n\n")
                        .append(table.markdown())
                        .append('\n'));
        spoken(comparison).forEach((measure, sentences) -> {
            text.append(title(measure)).append(":\n\n");
            sentences.forEach(sentence -> text.append("- ").append(sentence).append('\n'));
            text.append('\n');
        });
        return text.append(comparison.words()).append('\n').toString();
    }

    private static Map<String, TextTable> tables(Comparison comparison) {
        Map<String, TextTable> tables = new LinkedHashMap<>();
        tables.put("Accuracy", accuracy(comparison.entries()));
        tables.put("Average precision by class", group(comparison.entries(), Scores::byClass));
        tables.put("Gain in AP50 if one kind of error were corrected", group(comparison.entries(), Scores::errors));
        tables.put("Calibration", calibration(comparison.entries()));
        return tables;
    }

    /** The best loss against every other, measure by measure. */
    private static Map<Measure, List<String>> spoken(Comparison comparison) {
        Map<Measure, List<String>> spoken = new LinkedHashMap<>();
        for (Measure measure : SPOKEN) {
            List<Difference> differences = comparison.ofBest(measure);
            if (!differences.isEmpty()) {
                spoken.put(
                        measure, differences.stream().map(Difference::sentence).toList());
            }
        }
        return spoken;
    }

    /** The measures of which sentences are said. */
    public static List<Measure> spoken() {
        return SPOKEN;
    }

    /** What a measure is, and which way is better. */
    public static String title(Measure measure) {
        return measure.key() + ", " + measure.description()
                + (measure.higherIsBetter() ? "; more is better" : "; less is better");
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

    private static TextTable group(List<Entry> entries, Function<Scores, Map<String, Double>> group) {
        List<String> names =
                List.copyOf(group.apply(entries.get(0).seeds().get(0)).keySet());
        List<String> headings = new ArrayList<>(List.of("loss"));
        names.forEach(name -> headings.add(">" + name));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (Entry entry : entries) {
            List<String> cells = new ArrayList<>(List.of(entry.name()));
            names.forEach(name ->
                    cells.add(shown(entry, scores -> group.apply(scores).getOrDefault(name, Double.NaN))));
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
