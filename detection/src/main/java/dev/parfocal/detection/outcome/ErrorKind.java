package dev.parfocal.detection.outcome;

/**
 * What can be wrong with detections at IoU 0.5. The first six are TIDE's kinds: every false positive has one of the first five;
 * the last two are all false positives and all objects not found, whatever the kind.
 */
public enum ErrorKind {
    /** The box fits an object of another class (IoU from 0.5). */
    CLASSIFICATION("Cls", "the right place, the wrong class"),
    /** The box almost fits an object of its class (IoU from 0.1 to below 0.5). */
    LOCALISATION("Loc", "the right class, a box that does not fit"),
    /** Neither fits: an object of another class with IoU from 0.1 to below 0.5. */
    BOTH("Both", "the wrong class, and a box that does not fit"),
    /** The box fits an object that a better detection has found. */
    DUPLICATE("Dupe", "an object found again"),
    /** No object overlaps with IoU from 0.1. */
    BACKGROUND("Bkg", "nothing there"),
    /** An object that nothing found, not even with a wrong class or a box that does not fit. */
    MISSED("Miss", "an object that nothing found"),
    /** Every detection that found no object of its class. */
    FALSE_POSITIVE("FP", "all false positives"),
    /** Every object that no detection of its class found. */
    FALSE_NEGATIVE("FN", "all objects not found");

    private final String key;
    private final String description;

    ErrorKind(String key, String description) {
        this.key = key;
        this.description = description;
    }

    /** TIDE's name for it. */
    public String key() {
        return key;
    }

    /** What it is. */
    public String description() {
        return description;
    }
}
