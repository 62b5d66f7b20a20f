package dev.parfocal.cli.compare;

import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A loss that is compared.
 *
 * @param label what the loss is called
 * @param loss its name in the catalogue, or the path of its file
 * @param set parameters that have other values than their defaults
 */
public record Candidate(String label, String loss, Map<String, Double> set) {

    public Candidate {
        set = new TreeMap<>(set);
    }

    /** The loss and its settings, as {@code focal gamma=2}. */
    public String name() {
        return label + settings(" ", " ");
    }

    /** A folder's name for it. */
    String folder() {
        return (label + settings("-", ",")).replaceAll("[^A-Za-z0-9._=,+-]", "_");
    }

    private String settings(String before, String between) {
        return set.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                .collect(Collectors.joining(between, set.isEmpty() ? "" : before, ""));
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : "" + value;
    }

    /** The configuration of one run: the base's, but for the classification loss and the seed. */
    public RunConfig config(Configuration<RunConfig> base, long seed) {
        return base.with("loss.classification.set", null, name())
                .with(Map.of("loss.classification.loss", loss, "loss.classification.set", set, "seed", seed), name())
                .value();
    }
}
