package dev.parfocal.cli.command;

import dev.parfocal.cli.compare.Candidate;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The losses that a command line names, with the values of their parameters that a grid names. */
final class Contenders {

    private static final String FILE = ".loss";

    private Contenders() {}

    /**
     * Every loss, or every point of its grid.
     *
     * @param losses names of the catalogue and files
     * @param grid lists of values by {@code LOSS.PARAMETER}
     * @throws ParfocalException if a loss is unknown, not for classification, or named twice, or a grid is not one of theirs
     */
    static List<Candidate> of(List<String> losses, Map<String, String> grid) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String source : losses) {
            if (source.isBlank()) {
                throw new ParfocalException("--losses: a name is missing between two commas");
            }
            if (sources.put(label(source), source.strip()) != null) {
                throw new ParfocalException("--losses: two losses are called " + label(source));
            }
        }
        Map<String, Map<String, String>> grids = grids(sources, grid);
        List<Candidate> candidates = new ArrayList<>();
        sources.forEach((label, source) -> {
            String loss = RunFlags.named(source, Kind.POINTWISE);
            for (Map<String, Double> set : Settings.combinations(grids.getOrDefault(label, Map.of()))) {
                check(LossArgument.of(source), set);
                candidates.add(new Candidate(label, loss, set));
            }
        });
        requireDifferent(candidates);
        return candidates;
    }

    private static String label(String source) {
        String name = String.valueOf(Path.of(source.strip()).getFileName());
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }

    private static Map<String, Map<String, String>> grids(Map<String, String> sources, Map<String, String> grid) {
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

    /** A parameter that the loss lacks, or a value outside its range, is refused by the loss. */
    private static void check(Loss loss, Map<String, Double> set) {
        Loss changed = loss;
        for (var parameter : set.entrySet()) {
            changed = changed.with(parameter.getKey(), parameter.getValue());
        }
    }

    private static void requireDifferent(List<Candidate> candidates) {
        List<String> names = candidates.stream().map(Candidate::name).toList();
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new ParfocalException("--grid: " + names.get(i) + " occurs twice");
            }
        }
    }
}
