package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;

/**
 * What the head predicts for every anchor point (pixel of a level), finest level first, row by row.
 *
 * @param logits class × quality logits {@code [batch, anchors, classes]}, row-major
 * @param sides left, top, right, bottom of the box {@code [batch, anchors, 4 · bins]}, row-major: logits of
 *     distributions over 0, 1, … regMax strides, or one raw value each whose softplus is the distance in strides
 */
public record Prediction(Tensor logits, Tensor sides) {}
