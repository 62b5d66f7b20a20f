package dev.parfocal.detection.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings while a data set is read: counts all, keeps the first few of each problem. */
public final class Lint {

    private static final int EXAMPLES = 5;

    private final Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    private final List<Finding> examples = new ArrayList<>();

    public void add(Problem problem, String where, String detail) {
        long count = counts.merge(problem, 1L, Long::sum);
        if (count <= EXAMPLES) {
            examples.add(new Finding(problem, where, detail));
        }
    }

    public LintReport report() {
        return new LintReport(counts, examples);
    }
}
