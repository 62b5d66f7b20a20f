package dev.parfocal.bench;

/** What is measured: a loss on a kind of target, value and gradient, float32. */
public enum Case {
    FOCAL_SPARSE("focal", "sparse labels", "[100 000, 80]"),
    FOCAL_DENSE("focal", "dense targets", "[100 000, 80]"),
    VARIFOCAL_SPARSE("varifocal", "sparse labels", "[100 000, 80]"),
    VARIFOCAL_DENSE("varifocal", "dense targets", "[100 000, 80]"),
    QFL_SPARSE("quality_focal", "sparse labels", "[100 000, 80]"),
    QFL_DENSE("quality_focal", "dense targets", "[100 000, 80]"),
    DFL("distribution_focal", "rows", "[80 000, 17]"),
    IOU("iou", "boxes", "[100 000, 4]"),
    GIOU("giou", "boxes", "[100 000, 4]"),
    DIOU("diou", "boxes", "[100 000, 4]"),
    CIOU("ciou", "boxes", "[100 000, 4]");

    private final String loss;
    private final String targets;
    private final String shape;

    Case(String loss, String targets, String shape) {
        this.loss = loss;
        this.targets = targets;
        this.shape = shape;
    }

    /** The loss's name in the catalogue. */
    public String loss() {
        return loss;
    }

    public String targets() {
        return targets;
    }

    public String shape() {
        return shape;
    }

    public String title() {
        return loss + ", " + targets + ", " + shape;
    }
}
