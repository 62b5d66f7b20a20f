package dev.parfocal.detection.metric;

/** What to do where pycocotools does something that nobody would choose. */
public enum Mode {
    /** As pycocotools does it, to the last bit. */
    STRICT,
    /**
     * As it was meant:
     *
     * <ul>
     *   <li>an annotation whose id is 0 is an object like any other;
     *   <li>an annotation marked {@code ignore} is ignored;
     *   <li>an area on a border belongs to the upper range alone, and "all" has no end;
     *   <li>detections of one score count together, so that the order of a file decides nothing between images;
     *   <li>thresholds of IoU and levels of recall are the decimal numbers they are called by.
     * </ul>
     */
    CORRECTED
}
