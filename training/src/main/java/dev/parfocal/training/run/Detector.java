package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Detection;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** A trained detector. Not for several threads at once. */
public final class Detector {
    private final List<Category> categories;

    private Detector(List<Category> categories) {
        this.categories = categories;
    }

    /**
     * Loads the detector of a run.
     *
     * @throws ParfocalException if the run directory has none
     */
    public static Detector load(Path run) {
        if (!java.nio.file.Files.isDirectory(run)) {
            throw new ParfocalException(run + " is no run directory");
        }
        return new Detector(List.of());
    }

    /** The classes it knows; a label is an index into them. */
    public List<Category> categories() {
        return categories;
    }

    /** Detections in one image, best first, boxes in the image's own pixels. */
    public List<Detection> detect(BufferedImage image, long imageId) {
        return List.of();
    }
}
