package dev.parfocal.tune.study;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.List;

/**
 * What a study optimises.
 *
 * @param name of a metric that every finished trial has
 * @param maximize whether more is better
 */
public record Metric(String name, boolean maximize) {

    private static final String MAX = ":max";
    private static final String MIN = ":min";

    /** The value as a cost: less is better. */
    public double cost(double value) {
        return maximize ? -value : value;
    }

    /**
     * Reads metrics from text: {@code AP}, or {@code AP:max,seconds:min}; without a direction more is better.
     *
     * @throws ParfocalException if one is named twice or has no name
     */
    public static List<Metric> parse(String text) {
        List<Metric> metrics = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Metric::one)
                .toList();
        if (metrics.stream().map(Metric::name).distinct().count() < metrics.size()) {
            throw new ParfocalException("metric '" + text + "' names one twice: name each once");
        }
        return metrics;
    }

    private static Metric one(String text) {
        boolean directed = text.endsWith(MAX) || text.endsWith(MIN);
        String name = directed ? text.substring(0, text.length() - MAX.length()) : text;
        if (name.isEmpty()) {
            throw new ParfocalException("a metric is written as AP or seconds:min, not '" + text + "'");
        }
        return new Metric(name, !text.endsWith(MIN));
    }

    @Override
    public String toString() {
        return name + (maximize ? MAX : MIN);
    }
}
