package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code images}.
 *
 * @param fileName null where the file gives none
 * @param width in pixels; 0 where the file gives none
 * @param height in pixels; 0 where the file gives none
 * @param attributes its other fields that are numbers, texts, true or false, also those within {@code attributes}, as text; empty
 *     if the visitor does not read them
 */
public record ImageRecord(
        RecordId id, @Nullable String fileName, int width, int height, Map<String, String> attributes) {

    /** Copies the map. */
    public ImageRecord {
        attributes = Map.copyOf(attributes);
    }
}
