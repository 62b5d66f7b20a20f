package dev.parfocal.training.diagnose;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that a record shows.
 *
 * @param rule what found it, e.g. {@code prior-bias}
 * @param severity how much it matters
 * @param what is the case, with its numbers, in one sentence
 * @param why it matters
 * @param change what to do about it
 * @param numbers those of the sentence, unrounded, by name
 */
public record Finding(
        String rule, Severity severity, String what, String why, String change, Map<String, Double> numbers) {

    /** A finding of a rule that is still unnamed. */
    static Finding of(Severity severity, String what, String why, String change) {
        return new Finding("", severity, what, why, change, Map.of());
    }

    Finding named(String name) {
        return new Finding(name, severity, what, why, change, numbers);
    }

    /** The same with one more number. */
    Finding with(String name, double number) {
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        more.put(name, number);
        return new Finding(rule, severity, what, why, change, more);
    }
}
