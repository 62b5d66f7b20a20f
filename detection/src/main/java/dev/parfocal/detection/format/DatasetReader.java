package dev.parfocal.detection.format;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.format.coco.CocoReader;
import dev.parfocal.detection.format.coco.TruthFile;
import dev.parfocal.detection.format.tool.CvatReader;
import dev.parfocal.detection.format.tool.LabelStudioReader;
import dev.parfocal.detection.format.tool.VottReader;
import dev.parfocal.detection.format.voc.VocReader;
import dev.parfocal.detection.format.yolo.YoloReader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.LintReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a data set from files. */
public final class DatasetReader {

    private DatasetReader() {}

    /**
     * Reads annotations, looks at every image file's header and end, leaves out what cannot be used and counts it.
     *
     * @param path the data set's folder, or the file that has its annotations or describes it
     * @param strict refuse a data set with any defect instead of leaving records out
     * @throws ParfocalException when a file cannot be parsed, when no format or more than one fits and none is named, when
     *     nothing usable is left, or when {@code strict} and something is wrong
     */
    public static Loaded read(Path path, Format format, boolean strict) {
        if (!Files.exists(path)) {
            throw new ParfocalException(path + ": there is no such file or folder");
        }
        Optional<Recognition.Found> found =
                format == Format.AUTO ? Optional.of(Recognition.of(path)) : Optional.empty();
        Path place = found.map(Recognition.Found::path).orElse(path);
        Lint lint = new Lint();
        Dataset dataset = read(place, found.map(each -> each.fit().format()).orElse(format), lint);
        LintReport report = lint.report();
        if (strict && report.defects() > 0) {
            throw refused(path, report);
        }
        return new Loaded(
                place,
                dataset,
                report,
                found.map(Recognition.Found::fit).orElseGet(() -> new Fit(format, "as --format says")));
    }

    private static Dataset read(Path path, Format format, Lint lint) {
        return switch (format) {
            case AUTO -> throw new IllegalArgumentException("a format to read is one that was recognised");
            case COCO -> CocoReader.read(path, lint);
            case VOC -> VocReader.read(path, lint);
            case YOLO -> YoloReader.read(path, lint);
            case CVAT -> CvatReader.read(path, lint);
            case LABELSTUDIO -> LabelStudioReader.read(path, lint);
            case VOTT -> VottReader.read(path, lint);
        };
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
        return TruthFile.read(json);
    }
}
