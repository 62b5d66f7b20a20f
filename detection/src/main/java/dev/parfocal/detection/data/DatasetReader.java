package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import java.nio.file.Path;

/** Reads a data set from files. */
public final class DatasetReader {

    private DatasetReader() {}

    /**
     * Reads annotations, looks at every image file's header, leaves out what cannot be used and counts it.
     *
     * @param path the data set's folder; for COCO also one JSON file, whose images are looked for beside it
     * @param strict refuse a data set with any defect instead of leaving records out
     * @throws ParfocalException when a file cannot be parsed, when nothing usable is left, or when {@code strict} and
     *     something is wrong
     */
    public static Loaded read(Path path, Format format, boolean strict) {
        throw new ParfocalException(path + ": reading " + format + " is not there yet, strict " + strict);
    }

    /**
     * Reads a COCO annotation file as the truth to score against, exactly as it stands: no image is opened, no box is
     * left out or mended, as pycocotools would have it. A missing {@code area} is the box's.
     *
     * @throws ParfocalException when the file cannot be parsed
     */
    public static Dataset readTruth(Path json) {
        throw new ParfocalException(json + ": reading is not there yet");
    }
}
