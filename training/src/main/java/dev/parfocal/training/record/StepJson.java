package dev.parfocal.training.record;

import dev.parfocal.core.statistics.LossStatistics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A step as a line of {@code metrics.jsonl}, and back. Shares are written for people; what is read back is what they are
 * computed from.
 */
final class StepJson {

    /** The groups of a line that every step has; all others are {@link StepRecord#more}. */
    private static final Set<String> OWN =
            Set.of("weighted", "losses", "normalizers", "matching", "statistics", "milliseconds", "signals");

    private StepJson() {}

    static Map<String, Object> of(StepRecord step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step.step());
        line.put("epoch", step.epoch());
        line.put("total", step.total());
        line.put("weighted", step.each(StepRecord.Component::weighted));
        line.put("losses", step.each(StepRecord.Component::value));
        line.put("normalizers", step.each(StepRecord.Component::normalizer));
        line.put("learningRate", step.learningRate());
        line.put("gradientNorm", step.gradientNorm());
        line.put("clippedNorm", step.clippedNorm());
        line.putAll(step.more());
        line.put("positives", step.matching().positives());
        line.put("matching", matching(step.matching()));
        if (!step.statistics().isEmpty()) {
            Map<String, Object> statistics = new LinkedHashMap<>();
            step.statistics().forEach((name, each) -> statistics.put(name, statistics(each)));
            line.put("statistics", statistics);
        }
        Signals signals = step.signals();
        if (signals != null) {
            line.put("signals", SignalsJson.of(signals));
        }
        line.put("milliseconds", step.milliseconds());
        return line;
    }

    private static Map<String, Object> matching(Matching matching) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("levels", matching.levels());
        entry.put("sizes", Matching.EDGES);
        entry.put("objects", matching.objects());
        entry.put("matched", matching.matched());
        entry.put("points", matching.points());
        return entry;
    }

    private static Map<String, Object> statistics(LossStatistics statistics) {
        Map<String, Object> entry = new LinkedHashMap<>();
        double whole = statistics.gradient();
        Map<String, Object> share = new LinkedHashMap<>();
        share.put("positives", (float) (statistics.positives().gradient() / whole));
        share.put("hardNegatives", (float) (statistics.negatives().hardGradient() / whole));
        share.put("easyNegatives", (float) (statistics.negatives().easyGradient() / whole));
        entry.put("share", share);
        entry.put("shareByClass", floats(statistics.gradientByClass(), whole));
        entry.put("gradient", (float) whole);
        entry.put("positives", group(statistics.positives()));
        entry.put("negatives", group(statistics.negatives()));
        entry.put("positivesByClass", statistics.positivesByClass());
        entry.put("saturated", statistics.saturated());
        entry.put("largestLogit", statistics.largestLogit());
        return entry;
    }

    private static Map<String, Object> group(LossStatistics.Group group) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("pt", group.counts());
        entry.put("gradient", floats(group.gradients(), 1));
        return entry;
    }

    /** Seven digits are enough, and half as long. */
    private static float[] floats(double[] numbers, double divisor) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (numbers[i] / divisor);
        }
        return floats;
    }

    static StepRecord read(JsonNode line) {
        Map<String, StepRecord.Component> components = new LinkedHashMap<>();
        line.path("weighted")
                .propertyNames()
                .forEach(name -> components.put(
                        name,
                        new StepRecord.Component(
                                line.path("losses").path(name).asDouble(Double.NaN),
                                line.path("weighted").path(name).asDouble(Double.NaN),
                                line.path("normalizers").path(name).asDouble(Double.NaN))));
        Map<String, LossStatistics> statistics = new LinkedHashMap<>();
        line.path("statistics").properties().forEach(e -> statistics.put(e.getKey(), readStatistics(e.getValue())));
        return new StepRecord(
                line.path("epoch").asInt(),
                line.path("step").asLong(),
                components,
                readMatching(line.path("matching")),
                statistics,
                line.path("learningRate").asDouble(Double.NaN),
                line.path("gradientNorm").asDouble(Double.NaN),
                line.path("clippedNorm").asDouble(Double.NaN),
                numbers(line.path("milliseconds")),
                readMore(line),
                line.has("signals") ? SignalsJson.read(line.path("signals")) : null);
    }

    private static Map<String, Map<String, Double>> readMore(JsonNode line) {
        Map<String, Map<String, Double>> more = new LinkedHashMap<>();
        line.properties().forEach(e -> {
            if (e.getValue().isObject() && !OWN.contains(e.getKey())) {
                more.put(e.getKey(), numbers(e.getValue()));
            }
        });
        return more;
    }

    private static Matching readMatching(JsonNode entry) {
        return new Matching(
                longs(entry.path("levels")),
                longs(entry.path("objects")),
                longs(entry.path("matched")),
                longs(entry.path("points")));
    }

    private static LossStatistics readStatistics(JsonNode entry) {
        float[] shares = floats(doubles(entry.path("shareByClass")), 1);
        double whole = entry.path("gradient").asDouble(Double.NaN);
        return new LossStatistics(
                readGroup(entry.path("positives")),
                readGroup(entry.path("negatives")),
                IntStream.range(0, shares.length)
                        .mapToDouble(i -> shares[i] * whole)
                        .toArray(),
                longs(entry.path("positivesByClass")),
                entry.path("saturated").asLong(),
                (float) entry.path("largestLogit").asDouble(Double.NaN));
    }

    private static LossStatistics.Group readGroup(JsonNode entry) {
        return new LossStatistics.Group(longs(entry.path("pt")), doubles(entry.path("gradient")));
    }

    private static Map<String, Double> numbers(JsonNode entry) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        entry.properties().forEach(e -> numbers.put(e.getKey(), e.getValue().asDouble(Double.NaN)));
        return numbers;
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(n -> n.asDouble(Double.NaN))
                .toArray();
    }

    private static long[] longs(JsonNode array) {
        return Arrays.stream(doubles(array)).mapToLong(d -> (long) d).toArray();
    }
}
