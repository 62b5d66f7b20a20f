package dev.parfocal.detection.lint;

/** What a reader does about a {@link Problem}. */
public enum Severity {
    /** The record is left out. A strict reader refuses the data set. */
    SKIPPED,
    /** The record is kept in a mended form. A strict reader refuses the data set. */
    REPAIRED,
    /** Nothing is wrong, but worth knowing. */
    NOTE
}
