package dev.parfocal.bench.studies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run came to.
 *
 * @param seed name of the run's folder
 * @param ap average precision; NaN if the run did not end with an evaluation
 * @param ap50 the same at an IoU of 0.5
 * @param answers how good the answers about whole images are; empty if none were learnt
 * @param steps taken
 * @param milliseconds median wall time of a step
 */
record Outcome(String seed, double ap, double ap50, Map<String, Double> answers, long steps, double milliseconds) {

    /** Keys of an evaluation: what was learnt, and the best constants beside it. */
    static final List<String> ANSWERS =
            List.of("presence/accuracy", "presence/accuracyConstant", "count/MAE", "count/MAEConstant");

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a run's {@code evaluation.json} and {@code metrics.jsonl}. */
    static Outcome read(Path run) throws IOException {
        JsonNode scores = scores(run.resolve("evaluation.json"));
        List<JsonNode> steps = steps(run.resolve("metrics.jsonl"));
        double[] times =
                steps.stream().mapToDouble(Outcome::milliseconds).sorted().toArray();
        return new Outcome(
                run.getFileName().toString(),
                scores.path("AP").asDouble(Double.NaN),
                scores.path("AP50").asDouble(Double.NaN),
                answers(scores),
                steps.size(),
                times.length == 0 ? Double.NaN : times[times.length / 2]);
    }

    private static Map<String, Double> answers(JsonNode scores) {
        Map<String, Double> answers = new LinkedHashMap<>();
        for (String name : ANSWERS) {
            if (scores.has(name)) {
                answers.put(name, scores.get(name).asDouble());
            }
        }
        return answers;
    }

    private static JsonNode scores(Path file) throws IOException {
        return Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode();
    }

    /** Lines of steps; the others are evaluations. */
    private static List<JsonNode> steps(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(JSON::readTree)
                        .filter(line -> line.has("milliseconds"))
                        .toList()
                : List.of();
    }

    private static double milliseconds(JsonNode step) {
        return step.get("milliseconds").values().stream()
                .flatMapToDouble(each -> DoubleStream.of(each.asDouble()))
                .sum();
    }

    /** Whether the run came to its end. */
    boolean ended() {
        return !Double.isNaN(ap);
    }
}
