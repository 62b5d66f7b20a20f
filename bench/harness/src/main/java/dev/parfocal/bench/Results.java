package dev.parfocal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result file: one JSON object per line, {@code {"row": …}}, {@code {"first": …}} or {@code {"machine": …}}, to which
 * each process appends.
 */
record Results(List<Row> rows, List<FirstCalls> firstCalls, List<Machine> machines) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static void append(Path file, List<Row> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(line("row", row));
        }
        write(file, lines);
    }

    static void append(Path file, FirstCalls calls) throws IOException {
        write(file, List.of(line("first", calls)));
    }

    static void append(Path file, Machine machine) throws IOException {
        write(file, List.of(line("machine", machine)));
    }

    static Results read(Path file) throws IOException {
        Results results = new Results(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
            JsonNode node = JSON.readTree(line);
            if (node.has("row")) {
                results.rows.add(JSON.treeToValue(node.get("row"), Row.class));
            } else if (node.has("first")) {
                results.firstCalls.add(JSON.treeToValue(node.get("first"), FirstCalls.class));
            } else {
                results.machines.add(JSON.treeToValue(node.get("machine"), Machine.class));
            }
        }
        return results;
    }

    private static String line(String kind, Object content) {
        return "{\"" + kind + "\":" + JSON.writeValueAsString(content) + "}";
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
