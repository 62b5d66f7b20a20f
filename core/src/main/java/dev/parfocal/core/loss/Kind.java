package dev.parfocal.core.loss;

/** What a loss predicts, and so the shape of its batches. It follows from the inputs that its text declares. */
public enum Kind {
    /** One predicted number for each element: logits {@code [anchors, classes]}. */
    POINTWISE,
    /** One predicted row of logits for each element: {@code [rows, bins]}. */
    ROW,
    /** Several predicted numbers for each element: boxes {@code [boxes, 4]}. */
    BOX
}
