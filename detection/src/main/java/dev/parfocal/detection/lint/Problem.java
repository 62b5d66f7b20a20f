package dev.parfocal.detection.lint;

/** Everything the linter looks for, with what happens to it. */
public enum Problem {
    NON_FINITE_BOX(Severity.SKIPPED, "boxes that are missing or have NaN or infinite coordinates"),
    DEGENERATE_BOX(Severity.SKIPPED, "boxes without area"),
    BOX_OUTSIDE(Severity.SKIPPED, "boxes outside their image"),
    BOX_CROSSES_EDGE(Severity.REPAIRED, "boxes that reach out of their image by more than a pixel, clipped"),
    UNKNOWN_CATEGORY(Severity.SKIPPED, "objects of an unknown category"),
    DUPLICATE_OBJECT(Severity.SKIPPED, "objects given twice"),
    UNKNOWN_IMAGE(Severity.SKIPPED, "objects or list entries of an image that is not in the data set"),
    MISSING_IMAGE(Severity.SKIPPED, "image files that do not exist"),
    UNREADABLE_IMAGE(Severity.SKIPPED, "image files that are corrupt, truncated or of an unknown format"),
    DUPLICATE_IMAGE(Severity.SKIPPED, "images listed twice (same id or same file)"),
    SIZE_MISMATCH(Severity.REPAIRED, "images whose size differs from their annotation's, the file's size kept"),
    RENUMBERED_IMAGE(
            Severity.NOTE,
            "images whose id another annotation file gives to another image; only what holds both numbers them anew"),
    ZERO_ID(
            Severity.NOTE,
            "images with an annotation whose id is 0, which pycocotools and so all scores here never count as found"),
    EMPTY_CATEGORY(Severity.NOTE, "categories without any object"),
    IN_NO_SPLIT(Severity.NOTE, "images in no split, used only where all images are asked for"),
    UNUSED_FILE(Severity.NOTE, "files that are not read"),
    MISSING_PART(Severity.SKIPPED, "parts that the data set names and that are not there"),
    IGNORED_MARK(
            Severity.NOTE,
            "objects marked \"ignore\" that count all the same, as in pycocotools, which goes by \"iscrowd\" alone"),
    SHARED_ANNOTATION_ID(Severity.NOTE, "annotation ids used twice, with which a file is no truth to score against"),
    SHORTENED_PATH(Severity.NOTE, "images found by the end of an absolute path that is not on this machine"),
    NO_OBJECTS(Severity.NOTE, "images without objects"),
    NO_ANNOTATION_FILE(Severity.NOTE, "image files that no annotation mentions");

    private final Severity severity;
    private final String meaning;

    Problem(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    public Severity severity() {
        return severity;
    }

    /** The plural noun phrase that follows a count: "3 boxes without area". */
    public String meaning() {
        return meaning;
    }
}
