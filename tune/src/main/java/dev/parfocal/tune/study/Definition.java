package dev.parfocal.tune.study;

import dev.parfocal.tune.space.Space;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What makes a study this study; to go on with one needs the same.
 *
 * @param metrics at least one
 * @param about anything else that decides results: data, budget of a trial, sampler
 */
public record Definition(Space space, List<Metric> metrics, long seed, Map<String, String> about) {

    /** Copies the collections. */
    public Definition {
        metrics = List.copyOf(metrics);
        about = new TreeMap<>(about);
    }

    /** A study that is defined by its space, metrics and seed alone. */
    public Definition(Space space, List<Metric> metrics, long seed) {
        this(space, metrics, seed, Map.of());
    }

    /** The same from what {@link #described} told. */
    static Definition of(Map<String, String> described, Function<String, Space> space) {
        Map<String, String> about = new TreeMap<>(described);
        String search = Objects.requireNonNullElse(about.remove("search"), "");
        String metrics = Objects.requireNonNullElse(about.remove("metric"), "");
        String seed = Objects.requireNonNullElse(about.remove("seed"), "0");
        return new Definition(
                space.apply(search), Metric.parse(metrics.replaceAll("^\\[|\\]$", "")), Long.parseLong(seed), about);
    }

    /** Everything as text, to be compared and to be told. */
    Map<String, String> described() {
        Map<String, String> described = new TreeMap<>(about);
        described.put("search", space.toString());
        described.put("metric", metrics.toString());
        described.put("seed", Long.toString(seed));
        return described;
    }
}
