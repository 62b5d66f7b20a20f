package dev.parfocal.detection.assign;

/** How well a prior suits an object. */
interface Affinity {

    /** The overlap that settles which of several objects gets the prior. */
    double iou(int anchor, int object);

    /** The grade of the prior for the object, given their {@link #iou}. */
    double metric(int anchor, int object, double iou);

    /** The side of the square, in pixels, whose objects the prior customarily learns. */
    double size(int anchor);
}
