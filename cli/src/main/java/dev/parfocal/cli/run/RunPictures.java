package dev.parfocal.cli.run;

import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.draw.BoxPainter;
import dev.parfocal.detection.draw.ContactSheet;
import dev.parfocal.detection.draw.Mark;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pictures of what a detector sees. */
public final class RunPictures {

    private static final int PAIRS = 6;
    private static final int COLUMNS = 4;
    private static final int CELL = 360;

    private RunPictures() {}

    /** A picture with the detections of at least this score drawn on it, the best on top. */
    public static RgbImage withDetections(
            RgbImage image, List<Detection> detections, List<Category> categories, double minScore) {
        return withDetections(image, detections, categories, minScore, false);
    }

    /**
     * The same with bands.
     *
     * @param uncertainty whether the deviation of each side is drawn
     */
    public static RgbImage withDetections(
            RgbImage image,
            List<Detection> detections,
            List<Category> categories,
            double minScore,
            boolean uncertainty) {
        List<Mark> marks = new ArrayList<>(detections.stream()
                .filter(detection -> detection.score() >= minScore)
                .map(detection -> Mark.of(detection, categories).with(uncertainty ? detection.deviations() : null))
                .toList());
        Collections.reverse(marks);
        return BoxPainter.draw(image, marks);
    }

    /** Writes a sheet of images from a data set, each twice: with its true objects, and with what was detected. */
    public static void writeSheet(Path file, Dataset data, List<Detection> detections, double minScore) {
        List<RgbImage> images = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        List<Sample> samples = data.samples();
        int pairs = Math.min(PAIRS, samples.size());
        for (int i = 0; i < pairs; i++) {
            Sample sample = samples.get(i * samples.size() / pairs);
            RgbImage image = ImageFiles.read(sample.file());
            List<Mark> truth = sample.annotations().stream()
                    .map(annotation -> Mark.of(annotation, data.categories()))
                    .toList();
            List<Detection> own = detections.stream()
                    .filter(detection -> detection.imageId() == sample.id())
                    .toList();
            images.add(BoxPainter.draw(image, truth));
            captions.add(sample.file().getFileName() + ", truth");
            images.add(withDetections(image, own, data.categories(), minScore));
            captions.add("detected");
        }
        ImageFiles.write(ContactSheet.of(images, captions, COLUMNS, CELL), file);
    }
}
