package dev.parfocal.core.catalogue;

import java.util.Locale;

/** What a loss of the catalogue is for. */
public enum Group {
    /** The class of an anchor, a query or a region. */
    CLASSIFICATION("which class is it"),
    /** Boxes by their corners. */
    BOXES("boxes by their corners"),
    /** The sides of a box as distributions over bins. */
    DISTRIBUTIONS("sides of boxes as distributions over bins"),
    /** Boxes by centre, size and angle. */
    ROTATED("boxes by centre, size and angle"),
    /** Counts, offsets and other numbers that are predicted as they are. */
    COUNTS("counts, offsets and other numbers");

    private final String meaning;

    Group(String meaning) {
        this.meaning = meaning;
    }

    /** A phrase for people. */
    public String meaning() {
        return meaning;
    }

    /** The word for commands and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
