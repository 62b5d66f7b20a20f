package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code images}.
 *
 * @param fileName null where the file gives none
 * @param width in pixels; 0 where the file gives none
 * @param height in pixels; 0 where the file gives none
 */
public record ImageRecord(RecordId id, @Nullable String fileName, int width, int height) {}
