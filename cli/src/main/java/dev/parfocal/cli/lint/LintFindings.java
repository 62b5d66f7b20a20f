package dev.parfocal.cli.lint;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.audit.Balance;
import dev.parfocal.detection.audit.DataSuspects;
import dev.parfocal.detection.audit.DetectorSuspects;
import dev.parfocal.detection.audit.Suspect;
import dev.parfocal.detection.audit.Twins;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found.
 *
 * @param suspects annotations that look wrong, the most suspicious first
 * @param twins images with the same pixels
 * @param balance how objects are spread
 */
public record LintFindings(Dataset data, List<Suspect> suspects, List<Twins> twins, Balance balance) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Looks at a data set.
     *
     * @param detections of a detector on it, with labels of the data set; none: the data alone is looked at
     */
    public static LintFindings of(Dataset data, List<Detection> detections) {
        List<Suspect> suspects = new ArrayList<>(DataSuspects.of(data));
        if (!detections.isEmpty()) {
            suspects.addAll(DetectorSuspects.of(data, detections));
        }
        suspects.sort(Suspect.WORST_FIRST);
        return new LintFindings(data, suspects, Twins.of(data), Balance.of(data));
    }

    /**
     * All of it for people.
     *
     * @param top how many suspects are listed
     * @param points of a dense detector, for what balance means
     */
    public String text(int top, int points) {
        StringBuilder text = new StringBuilder();
        if (suspects.isEmpty()) {
            text.append("no annotation looks wrong\n");
        } else {
            TextTable table = new TextTable(">", "what", ">loss", "image", "box", "why");
            for (int i = 0; i < Math.min(top, suspects.size()); i++) {
                Suspect each = suspects.get(i);
                table.row(
                        String.valueOf(i + 1),
                        each.suspicion().words(),
                        String.format(Locale.ROOT, "%.2f", each.loss()),
                        String.valueOf(each.sample().file().getFileName()),
                        box(each),
                        each.words());
            }
            text.append(table).append(counts()).append('\n');
        }
        twins.forEach(same -> text.append(words(same)).append('\n'));
        text.append('\n');
        for (int label = 0; label < balance.classes().size(); label++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %s in %d of %s%n",
                    balance.classes().get(label),
                    Counts.of(balance.objects()[label], "object"),
                    balance.images()[label],
                    Counts.of(balance.samples(), "image")));
        }
        balance.advice(points).forEach(advice -> text.append(advice).append('\n'));
        return text.toString();
    }

    private String counts() {
        return suspects.stream()
                .collect(Collectors.groupingBy(Suspect::suspicion, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue() + " " + each.getKey().words())
                .collect(Collectors.joining(", "));
    }

    private static String box(Suspect suspect) {
        return String.format(
                Locale.ROOT,
                "%.0f %.0f %.0f %.0f",
                suspect.box().x1(),
                suspect.box().y1(),
                suspect.box().x2(),
                suspect.box().y2());
    }

    private static String words(Twins same) {
        String names = same.samples().stream()
                .map(sample -> String.valueOf(sample.file().getFileName()))
                .collect(Collectors.joining(" = "));
        return (same.isLeak() ? "LEAK between " + String.join(" and ", same.splits()) + ": " : "same pixels: ") + names;
    }

    /** Writes all of it as JSON. */
    public void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("suspects", suspects.stream().map(this::row).toList());
        json.put(
                "samePixels",
                twins.stream()
                        .map(same -> Map.of(
                                "images",
                                same.samples().stream()
                                        .map(sample -> sample.file().toString())
                                        .toList(),
                                "splits",
                                same.splits()))
                        .toList());
        Map<String, Integer> objects = new LinkedHashMap<>();
        for (int label = 0; label < balance.classes().size(); label++) {
            objects.put(balance.classes().get(label), balance.objects()[label]);
        }
        json.put("objects", objects);
        byte[] bytes = (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        OutputFile.write(file, stream -> stream.write(bytes));
    }

    private Map<String, Object> row(Suspect suspect) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", suspect.suspicion().words());
        row.put("loss", suspect.loss());
        row.put("image", suspect.sample().file().toString());
        row.put(
                "box",
                List.of(
                        suspect.box().x1(),
                        suspect.box().y1(),
                        suspect.box().x2(),
                        suspect.box().y2()));
        row.put("class", data.categories().get(suspect.label()).name());
        row.put("why", suspect.words());
        return row;
    }

    /** Draws the first suspects on a sheet; answers how many. */
    public int draw(Path file, int top) {
        return SuspectSheet.write(file, suspects.subList(0, Math.min(top, suspects.size())), data.categories());
    }
}
