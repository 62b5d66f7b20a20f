package dev.parfocal.tune.study;

import dev.parfocal.tune.space.Space;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Everything as text, to be compared and to be told. */
    Map<String, String> described() {
        Map<String, String> described = new TreeMap<>(about);
        described.put("search", space.toString());
        described.put("metric", metrics.toString());
        described.put("seed", Long.toString(seed));
        return described;
    }
}
