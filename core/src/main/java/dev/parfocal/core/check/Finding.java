package dev.parfocal.core.check;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param name what was checked, a word or two
 * @param verdict whether it holds
 * @param figure the worst figure and its limit, or why it was not checked
 * @param place where the worst was found; empty if nowhere
 */
public record Finding(String name, Verdict verdict, String figure, String place) {

    /** Whether a check holds. */
    public enum Verdict {
        PASS,
        FAIL,
        /** The check says nothing about such a loss. */
        SKIPPED
    }

    static Finding of(String name, boolean holds, String figure, String place) {
        return new Finding(name, holds ? Verdict.PASS : Verdict.FAIL, figure, place);
    }

    static Finding skipped(String name, String why) {
        return new Finding(name, Verdict.SKIPPED, why, "");
    }

    @Override
    public String toString() {
        String word = verdict == Verdict.SKIPPED ? "-" : verdict.name().toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT, "%-5s %-14s %s%s", word, name, figure, place.isEmpty() ? "" : "  at " + place);
    }
}
