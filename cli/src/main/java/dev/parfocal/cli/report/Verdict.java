package dev.parfocal.cli.report;

import java.util.List;

/**
 * What is said of the differences in one measure.
 *
 * @param measure what it is, and which way is better
 * @param sentences the best against each other
 */
public record Verdict(String measure, List<Said> sentences) {

    /**
     * A sentence.
     *
     * @param isReal whether it tells of a real difference
     */
    public record Said(String sentence, boolean isReal) {}
}
