package dev.parfocal.detection.format;

import java.util.Locale;

/** The formats that {@link DatasetReader} knows. */
public enum Format {
    /** Whichever of the others the files show. */
    AUTO,
    /** One JSON file, or a folder with annotation files and images. */
    COCO,
    /** Pascal VOC: {@code Annotations/*.xml}, {@code JPEGImages}, {@code ImageSets/Main/*.txt}, or XML beside the images. */
    VOC,
    /** {@code images} and {@code labels} folders, {@code data.yaml} or {@code classes.txt}. */
    YOLO,
    /** CVAT for images 1.1: {@code annotations.xml} and {@code images}. */
    CVAT,
    /** Label Studio's JSON and JSON-MIN. */
    LABELSTUDIO,
    /** VoTT's JSON and CSV. */
    VOTT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
