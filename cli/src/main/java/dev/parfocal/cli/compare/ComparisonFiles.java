package dev.parfocal.cli.compare;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.detection.calibration.Target;
import dev.parfocal.tune.statistics.Difference;
import dev.parfocal.tune.statistics.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A comparison as files: {@code results.jsonl} and {@code results.csv} with a line for each training,
 * {@code comparison.json} with means, intervals, differences and sentences. A number that does not exist is {@code null}, an
 * empty cell in CSV.
 */
public final class ComparisonFiles {

    private static final JsonMapper LINES = new JsonMapper();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    public ComparisonFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes all of them.
     *
     * @param seeds of the trainings, in order
     * @param about what the comparison is of
     */
    public void write(Comparison comparison, List<Long> seeds, Map<String, Object> about) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Entry entry : comparison.entries()) {
            for (int i = 0; i < seeds.size(); i++) {
                rows.add(row(entry, seeds.get(i), entry.seeds().get(i)));
            }
        }
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(LINES.writeValueAsString(row)).append('\n'));
        text("results.jsonl", lines.toString());
        csv(rows);
        text("comparison.json", PRETTY.writeValueAsString(summary(comparison, about)) + "\n");
    }

    private static Map<String, Object> row(Entry entry, long seed, Scores scores) {
        Candidate candidate = entry.candidate();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", candidate.name());
        row.put("loss", candidate.label());
        row.put("parameters", candidate.set());
        row.put("seed", seed);
        row.put("run", "runs/" + candidate.folder() + "/seed-" + seed);
        for (Measure measure : Measure.values()) {
            row.put(measure.key(), number(scores.value(measure)));
        }
        row.put("Kendall", number(scores.kendall()));
        scores.bySize().forEach((size, ap) -> row.put(size, number(ap)));
        row.put("classes", numbers(scores.byClass()));
        row.put("errors", numbers(scores.errors()));
        row.put("thresholds", thresholds(scores.judged()));
        for (Target target : Target.values()) {
            row.put(
                    target == Target.HIT ? "temperature" : "temperatureOfIou",
                    scores.judged().temperature(target).orElse(null));
        }
        row.put("millisecondsPerStep", scores.cost().millisecondsPerStep());
        row.put("trainingSeconds", scores.cost().seconds());
        row.put("steps", scores.cost().steps());
        return row;
    }

    private static Map<String, Double> thresholds(Judged judged) {
        Map<String, Double> thresholds = new LinkedHashMap<>();
        for (int label = 0; label < judged.classes().size(); label++) {
            thresholds.put(judged.classes().get(label), judged.thresholds()[label]);
        }
        return thresholds;
    }

    /** One column for each plain number, and one for each entry of a map, as {@code classes/name}. */
    private void csv(List<Map<String, Object>> rows) throws IOException {
        List<Map<String, String>> flat =
                rows.stream().map(ComparisonFiles::flat).toList();
        List<String> columns = new ArrayList<>();
        flat.forEach(row ->
                row.keySet().stream().filter(name -> !columns.contains(name)).forEach(columns::add));
        List<CsvTable.Row> cells = flat.stream()
                .map(row -> new CsvTable.Row(
                        0,
                        columns.stream().map(name -> row.getOrDefault(name, "")).toList()))
                .toList();
        CsvTable table = new CsvTable("results", columns, cells);
        OutputFile.write(folder.resolve("results.csv"), stream -> table.write(stream));
    }

    private static Map<String, String> flat(Map<String, Object> row) {
        Map<String, String> flat = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, each) -> flat.put(name + "/" + key, each == null ? "" : each.toString()));
            } else {
                flat.put(name, value == null ? "" : value.toString());
            }
        });
        return flat;
    }

    private static Map<String, Object> summary(Comparison comparison, Map<String, Object> about) {
        Map<String, Object> summary = new LinkedHashMap<>(about);
        summary.put("resamples", comparison.bootstrap().resamples());
        summary.put("level", Comparison.LEVEL);
        summary.put("words", comparison.words());
        List<Object> losses = new ArrayList<>();
        for (int entry = 0; entry < comparison.entries().size(); entry++) {
            losses.add(loss(comparison, entry));
        }
        summary.put("losses", losses);
        summary.put(
                "differences",
                comparison.differences().stream()
                        .map(ComparisonFiles::difference)
                        .toList());
        return summary;
    }

    private static Map<String, Object> loss(Comparison comparison, int number) {
        Entry entry = comparison.entries().get(number);
        Map<String, Object> loss = new LinkedHashMap<>();
        loss.put("name", entry.name());
        loss.put("loss", entry.candidate().label());
        loss.put("parameters", entry.candidate().set());
        Map<String, Object> measures = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            measures.put(
                    measure.key(), spread(comparison.value(number, measure), comparison.interval(number, measure)));
        }
        loss.put("measures", measures);
        loss.put("Kendall", number(entry.mean(Scores::kendall)));
        loss.put("classes", means(entry, Scores::byClass));
        loss.put("sizes", means(entry, Scores::bySize));
        loss.put("errors", means(entry, Scores::errors));
        loss.put("millisecondsPerStep", entry.mean(scores -> scores.cost().millisecondsPerStep()));
        return loss;
    }

    /** The mean over the seeds of each number of a group. */
    private static Map<String, @Nullable Double> means(Entry entry, Function<Scores, Map<String, Double>> group) {
        Map<String, Double> means = new LinkedHashMap<>();
        group.apply(entry.seeds().get(0))
                .keySet()
                .forEach(name ->
                        means.put(name, entry.mean(scores -> group.apply(scores).getOrDefault(name, Double.NaN))));
        return numbers(means);
    }

    private static Map<String, Object> spread(double value, Interval interval) {
        Map<String, Object> spread = new LinkedHashMap<>();
        spread.put("mean", number(value));
        spread.put("low", number(interval.low()));
        spread.put("high", number(interval.high()));
        return spread;
    }

    private static Map<String, Object> difference(Difference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", difference.measure());
        json.put("first", difference.first());
        json.put("second", difference.second());
        json.put("difference", number(difference.difference()));
        json.put("low", number(difference.interval().low()));
        json.put("high", number(difference.interval().high()));
        json.put("p", number(difference.p()));
        json.put("adjusted", number(difference.adjusted()));
        json.put("real", difference.isReal());
        json.put("sentence", difference.sentence());
        return json;
    }

    private static Map<String, @Nullable Double> numbers(Map<String, Double> values) {
        Map<String, @Nullable Double> numbers = new LinkedHashMap<>();
        values.forEach((name, value) -> numbers.put(name, number(value)));
        return numbers;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Writes a text file of the folder. */
    public void text(String name, String text) throws IOException {
        OutputFile.write(folder.resolve(name), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
