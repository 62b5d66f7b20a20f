package dev.parfocal.core.language;

import java.util.Locale;

/** What a loss's recipe divides the sum over a batch by. Every one has a floor, so that an empty batch is 0. */
public enum NormalizeBy {
    /** The number of positives, at least 1. */
    POSITIVES,
    /** The number of elements, anchors, rows or boxes that count, at least 1. */
    ELEMENTS,
    /** The sum of the qualities of the positives, at least 1. */
    QUALITY,
    /** Nothing: the sum stands. */
    NONE;

    /** The word that the loss language uses. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
