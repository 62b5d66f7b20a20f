package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Intervals;
import dev.parfocal.cli.compare.FoldFiles;
import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.config.RunConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the page of a cross-validation from its folder. */
final class FoldPages {
    private static final List<String> DRAWN = List.of("AP", "AP50", "oLRP", "LaECE");

    private FoldPages() {}

    /** The page of a cross-validation, finished or not. */
    static FoldsPage of(Path folder) {
        List<Path> runs = runs(folder);
        if (runs.isEmpty()) {
            throw new ParfocalException(folder + " has no fold that was begun");
        }
        RunConfig config = RunConfig.read(runs.get(0).resolve("config.yaml"));
        List<Map<String, Double>> scores = JsonFiles.readLines(folder.resolve("results.jsonl")).stream()
                .map(line -> {
                    Map<String, Double> numbers = new LinkedHashMap<>();
                    line.properties().forEach(entry -> numbers.put(entry.getKey(), JsonFiles.number(entry.getValue())));
                    return numbers;
                })
                .toList();
        List<Notice> notices = new ArrayList<>();
        if (scores.isEmpty()) {
            notices.add(new Notice(
                    Notice.Kind.WARNING,
                    "The cross-validation is not finished: " + Shown.count(runs.size(), "fold") + " begun.",
                    "The same command goes on."));
        }
        List<Titled> tables = new ArrayList<>();
        if (!scores.isEmpty()) {
            tables.add(new Titled("Scores", "Each fold on its own images.", FoldFiles.scores(scores)));
        }
        tables.add(new Titled("Images", "", images(folder.resolve("folds.csv"))));
        return new FoldsPage(
                Shown.subject(config),
                "Cross-validation: every image scored once, by a detector that did not see it",
                facts(scores),
                notices,
                scores.isEmpty() ? List.of() : List.of(chart(scores)),
                tables,
                RunOrigin.of(folder, runs.get(0)));
    }

    private static List<Path> runs(Path folder) {
        Path folds = folder.resolve("folds");
        if (!Files.isDirectory(folds)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folds)) {
            return all.filter(path -> Files.exists(path.resolve("config.yaml")))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new ParfocalException(folds + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Fact> facts(List<Map<String, Double>> scores) {
        List<Fact> facts = new ArrayList<>();
        if (!scores.isEmpty()) {
            TextTable table = FoldFiles.scores(scores);
            List<String> means = table.rows().get(scores.size());
            List<String> deviations = table.rows().get(scores.size() + 1);
            for (int column = 1; column < means.size(); column++) {
                if (DRAWN.contains(table.headings().get(column))) {
                    facts.add(new Fact(
                            table.headings().get(column), means.get(column), "\u00b1 " + deviations.get(column)));
                }
            }
            facts.add(new Fact("folds", String.valueOf(scores.size()), ""));
        }
        return facts;
    }

    private static Chart chart(List<Map<String, Double>> scores) {
        List<Intervals> measures = DRAWN.stream()
                .map(name -> new Intervals(
                        name,
                        name,
                        IntStream.range(0, scores.size())
                                .mapToObj(fold -> new Intervals.Row(
                                        "fold " + (fold + 1),
                                        scores.get(fold).getOrDefault(name, Double.NaN),
                                        Double.NaN,
                                        Double.NaN))
                                .toList()))
                .toList();
        return Chart.of("Fold by fold", "", measures);
    }

    private static TextTable images(Path file) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        CsvTable csv;
        try (InputStream stream = Files.newInputStream(file)) {
            csv = CsvTable.read(stream, file.toString());
        } catch (IOException e) {
            throw new ParfocalException(file + ": cannot be read: " + e.getMessage(), e);
        }
        int column = csv.columns().indexOf("fold");
        csv.rows().forEach(row -> counts.merge(row.cells().get(column), 1, Integer::sum));
        TextTable table = new TextTable("fold", ">images");
        counts.forEach((fold, count) -> table.row(fold, String.valueOf(count)));
        return table;
    }
}
