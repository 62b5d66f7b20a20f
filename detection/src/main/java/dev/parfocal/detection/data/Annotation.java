package dev.parfocal.detection.data;

import dev.parfocal.detection.box.Box;

/**
 * One object in an image.
 *
 * @param box in pixels of the image, XYXY
 * @param label index into {@link Dataset#categories()}
 * @param crowd a region of several objects (COCO {@code iscrowd}) or one too hard to count (VOC {@code difficult}):
 *     neither learned nor counted, and detections in it are not held against the detector
 * @param area the object's own area in square pixels (COCO: of its mask); decides between small, medium and large
 * @param zeroId whether a COCO file gives it the id 0, which pycocotools takes for "not matched"
 */
public record Annotation(Box box, int label, boolean crowd, double area, boolean zeroId) {

    public Annotation(Box box, int label, boolean crowd, double area) {
        this(box, label, crowd, area, false);
    }

    /** An ordinary object whose area is its box's. */
    public static Annotation of(Box box, int label) {
        return new Annotation(box, label, false, box.area());
    }
}
