package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;
import java.util.List;
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
 * @param absent {@code neg_category_ids} of LVIS: classes that were looked for and are not there; empty if the visitor does not
 *     read attributes
 * @param incomplete {@code not_exhaustive_category_ids} of LVIS: classes of which not every object is annotated
 */
public record ImageRecord(
        RecordId id,
        @Nullable String fileName,
        int width,
        int height,
        Map<String, String> attributes,
        List<RecordId> absent,
        List<RecordId> incomplete) {

    /** Copies what it is given. */
    public ImageRecord {
        attributes = Map.copyOf(attributes);
        absent = List.copyOf(absent);
        incomplete = List.copyOf(incomplete);
    }

    /** An image of which nothing more is known. */
    public ImageRecord(RecordId id, @Nullable String fileName, int width, int height) {
        this(id, fileName, width, height, Map.of(), List.of(), List.of());
    }
}
