package dev.parfocal.cli.compare;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.fold.Folds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A cross-validation as files and as tables. */
public final class FoldFiles {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> SHOWN = List.of("AP", "AP50", "AP75", "oLRP", "D-ECE", "LaECE", "Spearman");

    private final Path folder;

    public FoldFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes {@code folds.csv}: image, group and fold, counted from 1.
     *
     * @throws ParfocalException if the folder has other folds
     */
    public void writeFolds(Folds folds, Function<Sample, String> group) throws IOException {
        List<CsvTable.Row> rows = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            for (Sample sample : folds.parts().get(fold)) {
                rows.add(new CsvTable.Row(
                        0,
                        List.of(
                                String.valueOf(sample.file().getFileName()),
                                group.apply(sample),
                                String.valueOf(fold + 1))));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new CsvTable("folds", List.of("image", "group", "fold"), rows).write(bytes);
        Path file = folder.resolve("folds.csv");
        if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), bytes.toByteArray())) {
            throw new ParfocalException(folder
                    + " has folds of other images, groups or another seed: use the same again, or another --out");
        }
        OutputFile.write(file, stream -> stream.write(bytes.toByteArray()));
    }

    /** Writes {@code results.jsonl} and {@code results.csv}, a line for each fold. */
    public void writeScores(List<Map<String, Double>> scores) throws IOException {
        StringBuilder lines = new StringBuilder();
        List<String> columns = new ArrayList<>(List.of("fold"));
        columns.addAll(scores.get(0).keySet());
        List<CsvTable.Row> rows = new ArrayList<>();
        for (int fold = 0; fold < scores.size(); fold++) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            List<String> cells = new ArrayList<>(List.of(String.valueOf(fold + 1)));
            line.put("fold", fold + 1);
            scores.get(fold).forEach((name, value) -> {
                line.put(name, Double.isNaN(value) ? null : value);
                cells.add(Double.isNaN(value) ? "" : String.valueOf(value));
            });
            lines.append(JSON.writeValueAsString(line)).append('\n');
            rows.add(new CsvTable.Row(0, cells));
        }
        CsvTable table = new CsvTable("results", columns, rows);
        OutputFile.write(folder.resolve("results.csv"), stream -> table.write(stream));
        OutputFile.write(
                folder.resolve("results.jsonl"),
                stream -> stream.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** How images and classes are spread over the folds. */
    public static TextTable spread(Folds folds) {
        List<String> headings = new ArrayList<>(List.of("fold", ">images"));
        folds.data().categories().forEach(category -> headings.add(">with " + category.name()));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (int fold = 0; fold < folds.count(); fold++) {
            List<String> cells = new ArrayList<>(List.of(
                    String.valueOf(fold + 1),
                    String.valueOf(folds.parts().get(fold).size())));
            Arrays.stream(folds.images(fold)).mapToObj(String::valueOf).forEach(cells::add);
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** The scores of every fold, their mean and their standard deviation. */
    public static TextTable scores(List<Map<String, Double>> scores) {
        List<String> headings = new ArrayList<>(List.of("fold"));
        SHOWN.forEach(name -> headings.add(">" + name));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (int fold = 0; fold < scores.size(); fold++) {
            Map<String, Double> own = scores.get(fold);
            table.row(row(String.valueOf(fold + 1), name -> own.getOrDefault(name, Double.NaN)));
        }
        table.row(row("mean", name -> mean(scores, name)));
        return table.row(row("deviation", name -> deviation(scores, name)));
    }

    private static String[] row(String title, Function<String, Double> number) {
        List<String> cells = new ArrayList<>(List.of(title));
        for (String name : SHOWN) {
            double value = number.apply(name);
            cells.add(Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value));
        }
        return cells.toArray(String[]::new);
    }

    private static double mean(List<Map<String, Double>> scores, String name) {
        return scores.stream()
                .mapToDouble(each -> each.getOrDefault(name, Double.NaN))
                .average()
                .orElse(Double.NaN);
    }

    private static double deviation(List<Map<String, Double>> scores, String name) {
        double mean = mean(scores, name);
        double squares = scores.stream()
                .mapToDouble(each -> each.getOrDefault(name, Double.NaN))
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (scores.size() - 1));
    }
}
