package dev.parfocal.training.engine;

import dev.parfocal.core.ParfocalException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parts of a model whose weights are treated alike, each by what their names begin with, such as {@code backbone} or {@code
 * backbone.body.layer1}. A weight belongs to the longest that fits; {@code model.} before its name does not count.
 *
 * @param prefixes without the dot behind
 */
public record Parts(List<String> prefixes) {
    /** No parts: all weights are treated alike. */
    public static final Parts NONE = new Parts(List.of());

    private static final String WRAPPER = "model.";

    public Parts {
        prefixes = List.copyOf(prefixes);
    }

    /** The part of the weight of this name, if it is in one. */
    public Optional<String> of(String weight) {
        return prefixes.stream()
                .filter(prefix -> begins(weight, prefix))
                .reduce((a, b) -> b.length() > a.length() ? b : a);
    }

    private static boolean begins(String weight, String prefix) {
        return (weight + ".").startsWith(prefix + ".")
                || weight.startsWith(WRAPPER) && weight.startsWith(prefix + ".", WRAPPER.length());
    }

    /** Where its part comes among the parts; after all of them for weights of none. */
    int place(String weight) {
        return of(weight).map(prefixes::indexOf).orElse(prefixes.size());
    }

    /**
     * Insists that every part has weights.
     *
     * @throws ParfocalException that names one that has none, and what names begin with
     */
    void requireAll(List<String> weights) {
        for (String prefix : prefixes) {
            if (weights.stream().noneMatch(weight -> begins(weight, prefix))) {
                throw new ParfocalException("the model has no part " + prefix + ": the names of its weights begin with "
                        + weights.stream().map(Parts::first).distinct().collect(Collectors.joining(", ")));
            }
        }
    }

    private static String first(String weight) {
        String own = weight.startsWith(WRAPPER) ? weight.substring(WRAPPER.length()) : weight;
        return own.substring(0, Math.max(0, own.indexOf('.')));
    }
}
