package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.model.OutputSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * An output and what teaches it.
 *
 * @param slots the losses in its slots
 */
record SupervisedOutput(Slots slots, Supervision supervision) {
    private static final String ANY = "*";

    /**
     * Each output with its supervision: that under its own name, or else that of the longest pattern that it fits, {@code
     * decoder*} say.
     *
     * @throws ParfocalException if an output has none, or a supervision no output
     */
    static List<SupervisedOutput> of(Map<String, Supervision> supervision, List<OutputSpec> outputs) {
        List<String> names = outputs.stream().map(OutputSpec::name).toList();
        for (String key : supervision.keySet()) {
            if (names.stream().noneMatch(name -> fits(key, name))) {
                throw new ParfocalException(
                        "loss." + key + ": the model has no such output; it has " + String.join(", ", names));
            }
        }
        List<SupervisedOutput> all = new ArrayList<>();
        for (OutputSpec output : outputs) {
            String key = supervision.keySet().stream()
                    .filter(each -> fits(each, output.name()))
                    .max(Comparator.<String>comparingInt(each -> each.endsWith(ANY) ? 0 : 1)
                            .thenComparingInt(String::length))
                    .orElseThrow(() -> new ParfocalException("loss." + output.name() + " is missing"));
            Supervision own = java.util.Objects.requireNonNull(supervision.get(key));
            String prefix = outputs.size() == 1 ? "" : output.name() + ".";
            all.add(new SupervisedOutput(new Slots(output, own.losses(), path(outputs, key), prefix), own));
        }
        return all;
    }

    /**
     * Where the losses of an output stand in the configuration, without a dot at its end; the only output of a model need not
     * be named.
     *
     * @param outputs of the model
     * @param key the output's name or pattern
     */
    static String path(List<OutputSpec> outputs, String key) {
        return outputs.size() == 1 ? "loss" : "loss." + key;
    }

    private static boolean fits(String key, String output) {
        return key.endsWith(ANY)
                ? output.startsWith(key.substring(0, key.length() - ANY.length()))
                : key.equals(output);
    }
}
