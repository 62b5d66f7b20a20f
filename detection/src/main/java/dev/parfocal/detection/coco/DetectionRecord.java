package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;

/**
 * An entry of a list of detections.
 *
 * @param xywh {@code [x, y, width, height]} in pixels, as written, finite
 * @param score finite
 */
public record DetectionRecord(RecordId image, RecordId category, double[] xywh, double score) {}
