package dev.parfocal.cli.compare;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.AtomicFile;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is compared with others: a loss in some slots, other values of keys, or both.
 *
 * @param loss that stands in the slots; empty: those of the configuration stay
 * @param varied values of keys of the configuration, as YAML
 */
public record Candidate(Optional<Placed> loss, Map<String, String> varied) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "candidate.json";

    /** Keeps the order. */
    public Candidate {
        varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
    }

    /**
     * A loss in slots.
     *
     * @param label what it is called
     * @param source its name in the catalogue, or the path of its file
     * @param set parameters that have other values than their defaults
     * @param slots where it stands, {@code rpn.classification}
     */
    public record Placed(String label, String source, Map<String, Double> set, List<String> slots) {

        /** Orders the parameters. */
        public Placed {
            set = new TreeMap<>(set);
            slots = List.copyOf(slots);
        }
    }

    /** The loss and its settings, and what else varies, as {@code focal gamma=2, attention=[32]}. */
    public String name() {
        return words(" ", " ", ", ");
    }

    /** What the loss is called; the whole name if there is no loss. */
    public String label() {
        return loss.map(Placed::label).orElseGet(this::name);
    }

    /** Parameters of the loss that have other values than their defaults. */
    public Map<String, Double> set() {
        return loss.map(Placed::set).orElse(Map.of());
    }

    /** Writes it to the folder of its trainings, so that a page can name it. */
    void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), stream -> stream.write(JSON.writeValueAsBytes(this)));
    }

    /**
     * What the trainings in a folder are of.
     *
     * @throws ParfocalException if the folder does not say
     */
    public static Candidate read(Path folder) {
        try {
            return JSON.readValue(folder.resolve(FILE).toFile(), Candidate.class);
        } catch (JacksonException e) {
            throw new ParfocalException(
                    folder.resolve(FILE) + " cannot be read: give the command of the comparison again to write it", e);
        }
    }

    /** A folder's name for it. */
    String folder() {
        return words("-", ",", "-").replaceAll("[^A-Za-z0-9._=,+-]", "_");
    }

    private String words(String before, String between, String apart) {
        List<String> words = new ArrayList<>();
        loss.ifPresent(placed -> words.add(placed.label + settings(placed.set, before, between)));
        varied.forEach((key, value) -> words.add(key.replaceFirst("^(loss|model)\\.", "") + "=" + value));
        return String.join(apart, words);
    }

    private static String settings(Map<String, Double> set, String before, String between) {
        return set.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                .collect(Collectors.joining(between, set.isEmpty() ? "" : before, ""));
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : "" + value;
    }

    /**
     * The configuration of one run: the base's, but for what is compared and the seed. Another loss than the base's learns the
     * targets that suit it.
     */
    public RunConfig config(Configuration<RunConfig> base, long seed) {
        Configuration<RunConfig> config = base;
        if (loss.isPresent()) {
            Placed placed = loss.get();
            for (String slot : placed.slots) {
                String key = "loss." + slot;
                config = config.with(key + ".set", null, name())
                        .with(Map.of(key + ".loss", placed.source, key + ".set", placed.set), name());
                if (!placed.source.equals(base.value().loss().source(slot))) {
                    config = config.with(key + ".target", "auto", name());
                }
            }
        }
        return config.withTexts(varied, name()).with("seed", seed, name()).value();
    }
}
