package dev.parfocal.cli.report;

/**
 * Something to know before reading on.
 *
 * @param words a sentence
 * @param more further sentences
 */
public record Notice(Kind kind, String words, String more) {

    /** How much it matters. */
    public enum Kind {
        SEVERE,
        WARNING,
        NOTE
    }
}
