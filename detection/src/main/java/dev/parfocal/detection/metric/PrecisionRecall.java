package dev.parfocal.detection.metric;

/**
 * The precision–recall curve of one class at one IoU threshold, as COCO samples it.
 *
 * @param recall {@code [101]} the recall levels 0.00, 0.01 … 1.00
 * @param precision {@code [101]} the highest precision at that recall or a higher one; 0 beyond the recall reached
 * @param score {@code [101]} the score threshold at which the recall is reached; 0 where it is not
 * @param highestRecall the recall that all detections together reach
 */
public record PrecisionRecall(double[] recall, double[] precision, double[] score, double highestRecall) {}
