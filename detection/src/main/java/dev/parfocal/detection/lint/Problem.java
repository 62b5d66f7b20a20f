package dev.parfocal.detection.lint;

/** Everything the linter looks for, with what happens to it. */
public enum Problem {
    NON_FINITE_BOX(
            Severity.SKIPPED,
            "box that is missing or has NaN or infinite coordinates",
            "boxes that are missing or have NaN or infinite coordinates"),
    DEGENERATE_BOX(Severity.SKIPPED, "box without area", "boxes without area"),
    BOX_OUTSIDE(Severity.SKIPPED, "box outside its image", "boxes outside their image"),
    BOX_CROSSES_EDGE(
            Severity.REPAIRED,
            "box that reaches out of its image by more than a pixel, clipped",
            "boxes that reach out of their image by more than a pixel, clipped"),
    UNKNOWN_CATEGORY(Severity.SKIPPED, "object of an unknown category", "objects of an unknown category"),
    DUPLICATE_OBJECT(Severity.SKIPPED, "object given twice", "objects given twice"),
    UNKNOWN_IMAGE(
            Severity.SKIPPED,
            "object or list entry of an image that is not in the data set",
            "objects or list entries of an image that is not in the data set"),
    MISSING_IMAGE(Severity.SKIPPED, "image file that does not exist", "image files that do not exist"),
    UNREADABLE_IMAGE(
            Severity.SKIPPED,
            "image file that is corrupt, truncated or of an unknown format",
            "image files that are corrupt, truncated or of an unknown format"),
    DUPLICATE_IMAGE(
            Severity.SKIPPED,
            "image listed twice (same id or same file)",
            "images listed twice (same id or same file)"),
    SIZE_MISMATCH(
            Severity.REPAIRED,
            "image whose size differs from its annotation's, the file's size kept",
            "images whose size differs from their annotation's, the file's size kept"),
    RENUMBERED_IMAGE(
            Severity.NOTE,
            "image whose id another annotation file gives to another image; only what holds both numbers them anew",
            "images whose id another annotation file gives to another image; only what holds both numbers them anew"),
    ZERO_ID(
            Severity.NOTE,
            "image with an annotation whose id is 0, which pycocotools and so all scores here never count as found",
            "images with an annotation whose id is 0, which pycocotools and so all scores here never count as found"),
    ROTATED_BOX(
            Severity.REPAIRED,
            "rotated box, read as the upright box around it",
            "rotated boxes, read as the upright boxes around them"),
    OTHER_SHAPE(
            Severity.SKIPPED,
            "shape that is no box and encloses nothing, such as points and lines",
            "shapes that are no boxes and enclose nothing, such as points and lines"),
    AROUND_SHAPE(
            Severity.NOTE,
            "object given by another shape than a box, read as the box around it",
            "objects given by other shapes than boxes, read as the boxes around them"),
    IMAGE_LABEL(
            Severity.NOTE,
            "label of a whole image, which says nothing of objects",
            "labels of whole images, which say nothing of objects"),
    NOT_ANNOTATED(
            Severity.NOTE, "image that nobody annotated yet, left out", "images that nobody annotated yet, left out"),
    SEVERAL_ANNOTATIONS(
            Severity.NOTE,
            "image that was annotated more than once, of which one annotation is read",
            "images that were annotated more than once, of which one annotation is read"),
    EMPTY_CATEGORY(Severity.NOTE, "category without any object", "categories without any object"),
    IN_NO_SPLIT(
            Severity.NOTE,
            "image in no split, used only where all images are asked for",
            "images in no split, used only where all images are asked for"),
    UNUSED_FILE(Severity.NOTE, "file that is not read", "files that are not read"),
    MISSING_PART(
            Severity.SKIPPED,
            "part that the data set names and that is not there",
            "parts that the data set names and that are not there"),
    IGNORED_MARK(
            Severity.NOTE,
            "object marked \"ignore\" that counts all the same, as in pycocotools, which goes by \"iscrowd\" alone",
            "objects marked \"ignore\" that count all the same, as in pycocotools, which goes by \"iscrowd\" alone"),
    SHARED_ANNOTATION_ID(
            Severity.NOTE,
            "annotation id used twice, with which a file is no truth to score against",
            "annotation ids used twice, with which a file is no truth to score against"),
    SHORTENED_PATH(
            Severity.NOTE,
            "image found by the end of an absolute path that is not on this machine",
            "images found by the end of an absolute path that is not on this machine"),
    NO_OBJECTS(Severity.NOTE, "image without objects", "images without objects"),
    NO_ANNOTATION_FILE(
            Severity.NOTE, "image file that no annotation mentions", "image files that no annotation mentions");

    private final Severity severity;
    private final String one;
    private final String several;

    Problem(Severity severity, String one, String several) {
        this.severity = severity;
        this.one = one;
        this.several = several;
    }

    public Severity severity() {
        return severity;
    }

    /** So many of them, in words: "3 boxes without area". */
    public String words(long count) {
        return count + " " + (count == 1 ? one : several);
    }
}
