package dev.parfocal.core.language;

import java.util.Locale;

/** What a loss's recipe divides the sum over a batch by. Every one has a floor, so that an empty batch is 0. */
public enum NormalizeBy {
    /** The number of positives, at least 1. */
    POSITIVES("the number of positives, at least 1"),
    /** The number of elements, anchors, rows or boxes that count, at least 1. */
    ELEMENTS("the number of elements, at least 1"),
    /** The sum of the qualities of the positives, at least 1. */
    QUALITY("the sum of the positives' qualities, at least 1"),
    /** Nothing: the sum stands. */
    NONE("nothing: the sum stands");

    private final String meaning;

    NormalizeBy(String meaning) {
        this.meaning = meaning;
    }

    /** The word that the loss language uses. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the sum is divided by, for people. */
    public String meaning() {
        return meaning;
    }
}
