package dev.parfocal.detection.data;

import dev.parfocal.detection.box.Box;
import java.nio.file.Path;
import java.util.List;

/**
 * An image as an annotation file tells of it, not yet looked at.
 *
 * @param where file and record, for messages
 * @param width 0 where the annotation says nothing
 */
record RawImage(String where, long id, Path file, int width, int height, List<Item> items) {

    /**
     * One object.
     *
     * @param where the record within the image's, for messages
     * @param label negative when the category is unknown; then {@code category} is what stood there
     * @param area NaN where the annotation says nothing
     */
    record Item(String where, Box box, int label, String category, boolean crowd, double area) {}
}
