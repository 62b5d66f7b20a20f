package dev.parfocal.detection.lint;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was wrong with a data set.
 *
 * @param counts how often each problem was met; problems that were not met are absent
 * @param examples the first few findings of each problem, in the order of reading
 */
public record LintReport(Map<Problem, Long> counts, List<Finding> examples) {

    public LintReport {
        Map<Problem, Long> sorted = new EnumMap<>(Problem.class);
        sorted.putAll(counts);
        counts = Collections.unmodifiableMap(sorted);
        examples = List.copyOf(examples);
    }

    public static LintReport empty() {
        return new LintReport(Map.of(), List.of());
    }

    /** How often this problem was met. */
    public long count(Problem problem) {
        return counts.getOrDefault(problem, 0L);
    }

    /** How many records were left out or mended; 0 means that a strict reader accepts the data set. */
    public long defects() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().severity() != Severity.NOTE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The first findings of this problem. */
    public List<Finding> examples(Problem problem) {
        return examples.stream().filter(finding -> finding.problem() == problem).toList();
    }

    /** One line per problem with its count and first example; empty when nothing was found. */
    public List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Those of {@link #lines()} that a strict reader refuses. */
    public List<String> defectLines() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().severity() != Severity.NOTE)
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String line(Problem problem, long count) {
        String example = examples(problem).stream()
                .findFirst()
                .map(finding -> ", first: " + finding)
                .orElse("");
        return problem.words(count) + example;
    }
}
