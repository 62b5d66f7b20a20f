package dev.parfocal.training.record;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was recorded of a run.
 *
 * @param steps in their order
 * @param evaluated each evaluation, in their order
 * @param incidents steps whose numbers were not finite and that the run went on from, in their order
 */
public record RunRecord(List<StepRecord> steps, List<Evaluated> evaluated, List<Incident> incidents) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the lists. */
    public RunRecord {
        steps = List.copyOf(steps);
        evaluated = List.copyOf(evaluated);
        incidents = List.copyOf(incidents);
    }

    /** A record of steps alone. */
    public RunRecord(List<StepRecord> steps) {
        this(steps, List.of(), List.of());
    }

    /**
     * An evaluation.
     *
     * @param epoch after which it was made, from 1
     * @param scores by name
     */
    public record Evaluated(int epoch, Map<String, Double> scores) {}

    /**
     * A step whose numbers were not finite.
     *
     * @param step from 1
     * @param policy what was done about it: {@code skip} or {@code rollback}
     * @param words where it was
     */
    public record Incident(long step, String policy, String words) {}

    /** The steps that were left out, each once; ascending. */
    public List<Long> skipped() {
        return incidents.stream()
                .filter(incident -> incident.policy().equals("skip"))
                .map(Incident::step)
                .distinct()
                .sorted()
                .toList();
    }

    /** The scores of each evaluation, in their order. */
    public List<Map<String, Double>> evaluations() {
        return evaluated.stream().map(Evaluated::scores).toList();
    }

    /**
     * Reads {@code metrics.jsonl}; a last line that is still being written is left out.
     *
     * @throws ParfocalException if it cannot be read, or a line is not JSON
     */
    public static RunRecord read(Path file) {
        List<StepRecord> steps = new ArrayList<>();
        List<Evaluated> evaluated = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line;
            try {
                line = JSON.readTree(lines.get(i));
            } catch (JacksonException e) {
                if (i == lines.size() - 1) {
                    break;
                }
                throw new ParfocalException(file + ", line " + (i + 1) + ": " + e.getOriginalMessage());
            }
            if (line.has("weighted")) {
                steps.add(StepJson.read(line));
            } else if (line.has("evaluation")) {
                evaluated.add(new Evaluated(line.path("epoch").asInt(), scores(line.path("evaluation"))));
            } else if (line.has("incident")) {
                JsonNode incident = line.path("incident");
                incidents.add(new Incident(
                        incident.path("at").asLong(),
                        incident.path("policy").asString(""),
                        incident.path("found").asString("")));
            }
        }
        return new RunRecord(steps, evaluated, incidents);
    }

    private static List<String> lines(Path file) {
        try {
            // A letter that is still being written must not keep the rest from being read.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new ParfocalException(file + " does not exist: this is not the folder of a training run");
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static Map<String, Double> scores(JsonNode entry) {
        Map<String, Double> scores = new LinkedHashMap<>();
        entry.properties().forEach(e -> scores.put(e.getKey(), e.getValue().asDouble(Double.NaN)));
        return scores;
    }
}
