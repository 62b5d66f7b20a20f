package dev.parfocal.detection.format;

import dev.parfocal.core.ParfocalException;
import java.util.Locale;

/** The file layouts that {@link DatasetReader} knows. */
public enum Format {
    /** One JSON file, or a folder with annotation files and images. */
    COCO,
    /** {@code Annotations/*.xml}, {@code JPEGImages}, {@code ImageSets/Main/*.txt}. */
    VOC,
    /** {@code images} and {@code labels} folders, {@code data.yaml} or {@code classes.txt}. */
    YOLO;

    /**
     * The format of this name, in any case.
     *
     * @throws ParfocalException for any other text
     */
    public static Format of(String text) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new ParfocalException("unknown data format '" + text + "': one of coco, voc, yolo");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
