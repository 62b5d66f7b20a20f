package dev.parfocal.detection.data;

import dev.parfocal.detection.box.Box;

/**
 * One object that a detector reports.
 *
 * @param imageId {@link Sample#id()}
 * @param label index into {@link Dataset#categories()}
 * @param box in pixels of the original image, XYXY
 * @param score in [0, 1]
 */
public record Detection(long imageId, int label, Box box, double score) {}
