package dev.parfocal.training.backbone;

/**
 * The measures of one feature map.
 *
 * @param stride pixels of the image for a pixel of the map, at least 1
 * @param channels at least 1
 */
public record Level(int stride, int channels) {}
