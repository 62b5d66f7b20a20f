package dev.parfocal.detection.data;

/**
 * A kind of object.
 *
 * @param id the number that files use (COCO: any positive number, with gaps); a label is something else: the index into
 *     {@link Dataset#categories()}
 */
public record Category(long id, String name) {}
