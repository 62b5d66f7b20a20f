package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;

/**
 * An entry of {@code categories}.
 *
 * @param name its id in words where the file gives no name
 */
public record CategoryRecord(RecordId id, String name) {}
