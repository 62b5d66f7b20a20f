package dev.parfocal.detection.format;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoFile;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.coco.ObjectRecord;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.LintReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a data set from files. */
public final class DatasetReader {

    private DatasetReader() {}

    /**
     * Reads annotations, looks at every image file's header and end, leaves out what cannot be used and counts it.
     *
     * @param path the data set's folder; for COCO also one JSON file, whose images are looked for beside it
     * @param strict refuse a data set with any defect instead of leaving records out
     * @throws ParfocalException when a file cannot be parsed, when nothing usable is left, or when {@code strict} and
     *     something is wrong
     */
    public static Loaded read(Path path, Format format, boolean strict) {
        if (!Files.exists(path)) {
            throw new ParfocalException(path + ": there is no such file or folder");
        }
        Lint lint = new Lint();
        Dataset dataset = switch (format) {
            case COCO -> CocoReader.read(path, lint);
            case VOC -> VocReader.read(path, lint);
            case YOLO -> YoloReader.read(path, lint);
        };
        LintReport report = lint.report();
        if (strict && report.defects() > 0) {
            throw refused(path, report);
        }
        return new Loaded(dataset, report);
    }

    private static ParfocalException refused(Path path, LintReport report) {
        String lines = String.join("; ", report.defectLines());
        return new ParfocalException(path + ": strict reading refuses this data set: " + lines);
    }

    /**
     * Reads a COCO annotation file as the truth to score against, exactly as it stands: no image is opened, no box is
     * left out or mended. As pycocotools has it, objects of images or categories that the file does not list do not count. A
     * missing {@code area} is the box's.
     *
     * @throws ParfocalException when the file cannot be parsed, or lists no images or categories
     */
    public static Dataset readTruth(Path json) {
        CocoFile file = CocoFile.read(json);
        if (file.images().isEmpty() || file.categories().isEmpty()) {
            throw new ParfocalException(json + ": nothing to score against: the file lists "
                    + file.images().size() + " images and " + file.categories().size() + " categories");
        }
        List<Category> categories = CocoReader.categories(json, file);
        Labels labels = Labels.of(categories);
        Map<RecordId, Truth> truths = new LinkedHashMap<>();
        file.images().forEach(image -> truths.putIfAbsent(image.id(), new Truth(image, new ArrayList<>())));
        for (ObjectRecord object : file.objects()) {
            Truth truth = truths.get(object.image());
            int label = object.category() instanceof RecordId.Whole whole ? labels.label(whole.number()) : -1;
            if (truth != null && label >= 0 && object.xywh() != null) {
                Box box = CocoReader.box(object);
                truth.annotations.add(
                        new Annotation(box, label, object.crowd(), object.areaOrBox(), object.hasZeroId()));
            }
        }
        List<Sample> samples = new ArrayList<>();
        Map<RecordId, Long> numbers = CocoReader.numbers(file);
        truths.forEach((id, truth) -> samples.add(truth.sample(numbers.getOrDefault(id, 0L))));
        return new Dataset(json.toString(), categories, samples, Map.of());
    }

    private record Truth(ImageRecord image, List<Annotation> annotations) {

        Sample sample(long id) {
            Path file = Path.of(image.fileName() == null ? "" : image.fileName());
            return new Sample(id, image.id(), file, image.width(), image.height(), annotations);
        }
    }
}
