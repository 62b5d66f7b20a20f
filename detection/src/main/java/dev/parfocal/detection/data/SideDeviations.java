package dev.parfocal.detection.data;

/**
 * How sure a detector is of a box: the standard deviation of each side's place, for detectors that predict distributions.
 *
 * @param left in pixels of the original image, as all of them
 */
public record SideDeviations(double left, double top, double right, double bottom) {}
