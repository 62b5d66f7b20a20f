package dev.parfocal.detection.format.raw;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.RecordId;
import java.nio.file.Path;
import java.util.List;

/**
 * An image as an annotation file tells of it, not yet looked at.
 *
 * @param where file and record, for messages
 * @param source the id that the file gives it
 * @param width 0 where the annotation says nothing
 */
public record RawImage(String where, long id, RecordId source, Path file, int width, int height, List<Item> items) {

    /** An image whose format knows no ids. */
    public RawImage(String where, long id, Path file, int width, int height, List<Item> items) {
        this(where, id, RecordId.of(id), file, width, height, items);
    }

    /**
     * One object.
     *
     * @param where the record within the image's, for messages
     * @param label negative when the category is unknown; then {@code category} is what stood there
     * @param area NaN where the annotation says nothing
     * @param zeroId whether its id is 0
     */
    public record Item(String where, Box box, int label, String category, boolean crowd, double area, boolean zeroId) {

        /** An object of a format without ids and areas. */
        public Item(String where, Box box, int label, String category, boolean crowd) {
            this(where, box, label, category, crowd, Double.NaN, false);
        }
    }
}
