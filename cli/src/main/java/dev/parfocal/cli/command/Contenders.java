package dev.parfocal.cli.command;

import dev.parfocal.cli.compare.Candidate;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that name what is compared: losses with values of their parameters, and values of keys. */
final class Contenders {

    private static final String FILE = ".loss";
    private static final String BETWEEN = ";";

    @Option(
            names = "--losses",
            split = ",",
            paramLabel = "NAME|FILE",
            description = "The classification losses: of the catalogue, or .loss files, separated by commas.")
    private List<String> losses = new ArrayList<>();

    @Option(
            names = "--slot",
            paramLabel = "OUTPUT.SLOT",
            description =
                    "Where they stand: --slot rpn.classification. May be repeated. Default: the classification of the "
                            + "output that detections are made from, and of every other that has the same loss.")
    private List<String> slots = new ArrayList<>();

    @Option(
            names = "--grid",
            paramLabel = "LOSS.PARAMETER=VALUES",
            description = "Values of a loss's parameter to try, separated by commas. May be repeated.")
    private Map<String, String> grid = new LinkedHashMap<>();

    @Option(
            names = "--vary",
            paramLabel = "KEY=VALUES",
            description =
                    "Values of any key of the configuration to try, separated by semicolons, with each of the losses, "
                            + "or with the model's own: --vary 'loss.dense.box.loss=giou;ciou'. May be repeated.")
    private Map<String, String> varied = new LinkedHashMap<>();

    /**
     * Every loss, or every point of its grid, with every combination of values of keys.
     *
     * @param usual the slots of losses when none is named
     * @throws ParfocalException if a loss is unknown, of a kind that slots do not take, or named twice, a grid is not one of theirs,
     *     or nothing is to be compared
     */
    List<Candidate> candidates(List<String> usual) {
        if (losses.isEmpty() && varied.isEmpty()) {
            throw new ParfocalException("say what to compare: --losses NAME,NAME or --vary 'KEY=VALUE;VALUE'");
        }
        if (losses.isEmpty() && !slots.isEmpty()) {
            throw new ParfocalException("--slot " + slots.get(0) + ": name the losses for it with --losses");
        }
        List<Optional<Candidate.Placed>> placed = new ArrayList<>();
        Map<String, String> sources = sources();
        Map<String, Map<String, String>> grids = grids(sources);
        sources.forEach((label, source) -> {
            String loss = named(source);
            for (Map<String, Double> set : Settings.combinations(grids.getOrDefault(label, Map.of()))) {
                check(LossArgument.of(source), set);
                placed.add(Optional.of(new Candidate.Placed(label, loss, set, slots.isEmpty() ? usual : slots)));
            }
        });
        if (placed.isEmpty()) {
            placed.add(Optional.empty());
        }
        List<Candidate> candidates = placed.stream()
                .flatMap(loss -> variations().stream().map(values -> new Candidate(loss, values)))
                .toList();
        requireDifferent(candidates);
        return candidates;
    }

    private Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String source : losses) {
            if (source.isBlank()) {
                throw new ParfocalException("--losses: a name is missing between two commas");
            }
            if (sources.put(label(source), source.strip()) != null) {
                throw new ParfocalException("--losses: two losses are called " + label(source));
            }
        }
        return sources;
    }

    /** A loss's file by its whole path, so that runs can be resumed from anywhere; a name as it is. */
    private static String named(String source) {
        Kind kind = LossArgument.of(source).kind();
        if (kind != Kind.POINTWISE && kind != Kind.ROW) {
            throw new ParfocalException(source + " is a " + kind.name().toLowerCase(Locale.ROOT)
                    + " loss; a pointwise loss is needed here; --vary compares losses of other slots");
        }
        Path file = Path.of(source);
        return Files.isRegularFile(file) ? file.toAbsolutePath().normalize().toString() : source;
    }

    private static String label(String source) {
        String name = String.valueOf(Path.of(source.strip()).getFileName());
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }

    private Map<String, Map<String, String>> grids(Map<String, String> sources) {
        Map<String, Map<String, String>> grids = new HashMap<>();
        grid.forEach((key, values) -> {
            int dot = key.lastIndexOf('.');
            String loss = label(key.substring(0, Math.max(0, dot)));
            if (!sources.containsKey(loss)) {
                throw new ParfocalException("--grid " + key + "=" + values + ": '" + loss
                        + "' is none of the losses compared ("
                        + sources.keySet().stream().collect(Collectors.joining(", "))
                        + "); write LOSS.PARAMETER=VALUE,VALUE");
            }
            grids.computeIfAbsent(loss, name -> new LinkedHashMap<>()).put(key.substring(dot + 1), values);
        });
        return grids;
    }

    /** Every combination of the values of keys; one without any if no key varies. */
    private List<Map<String, String>> variations() {
        List<Map<String, String>> variations = List.of(Map.of());
        for (var key : varied.entrySet()) {
            List<Map<String, String>> next = new ArrayList<>();
            for (Map<String, String> before : variations) {
                for (String value : key.getValue().split(BETWEEN, -1)) {
                    Map<String, String> variation = new LinkedHashMap<>(before);
                    variation.put(key.getKey(), value.strip());
                    next.add(variation);
                }
            }
            variations = next;
        }
        return variations;
    }

    /** A parameter that the loss lacks, or a value outside its range, is refused by the loss. */
    private static void check(Loss loss, Map<String, Double> set) {
        Loss changed = loss;
        for (var parameter : set.entrySet()) {
            changed = changed.with(parameter.getKey(), parameter.getValue());
        }
    }

    private void requireDifferent(List<Candidate> candidates) {
        List<String> names = candidates.stream().map(Candidate::name).toList();
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new ParfocalException(
                        (varied.isEmpty() ? "--grid: " : "--vary: ") + names.get(i) + " occurs twice");
            }
        }
    }
}
