package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code annotations}.
 *
 * @param index its place in the list, from 0
 * @param id null where the file gives none
 * @param xywh {@code [x, y, width, height]} in pixels, as written; null where the box is missing, null or {@code []}
 * @param area in square pixels; null where it is missing or null
 * @param crowd {@code iscrowd}; false where it is missing or null
 * @param rotation by how many degrees CVAT says that the box is turned about its centre; 0 where it says nothing. pycocotools
 *     pays no attention to it
 * @param ignore the field {@code ignore}, to which pycocotools pays no attention
 */
public record ObjectRecord(
        int index,
        @Nullable RecordId id,
        RecordId image,
        RecordId category,
        double @Nullable [] xywh,
        @Nullable Double area,
        double rotation,
        boolean crowd,
        boolean ignore) {

    private static final Pattern ZERO = Pattern.compile("\\s*[+-]?0+(\\.0*)?\\s*");

    /** Whether its id is 0, also as a text: pycocotools takes a match with it for none. */
    public boolean hasZeroId() {
        return RecordId.of(0).equals(id)
                || (id instanceof RecordId.Text text
                        && ZERO.matcher(text.text()).matches());
    }

    /** The area that is given, or else that of the box; NaN where there is neither. */
    public double areaOrBox() {
        if (area != null) {
            return area;
        }
        return xywh == null ? Double.NaN : xywh[2] * xywh[3];
    }
}
