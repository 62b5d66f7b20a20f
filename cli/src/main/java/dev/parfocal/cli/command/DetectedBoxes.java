package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.format.Format;
import dev.parfocal.training.run.Detector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that have a detector look at a data set, in place of a file of detections. */
final class DetectedBoxes {

    @Mixin
    private DetectorFlags detectors = new DetectorFlags();

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description = "With --run or --weights: the data set to look at, a folder or a COCO file.")
    private @Nullable Path data;

    @Option(names = "--format", paramLabel = "NAME", description = "With --data. " + FormatNames.OPTION)
    private Format format = Format.AUTO;

    @Option(names = "--split", paramLabel = "NAME", description = "With --data: one split of it. Default: all images.")
    private @Nullable String split;

    /** What a detector found. */
    record Found(Dataset truth, List<Detection> detections) {}

    /** Whether any of the options is given. */
    boolean asked() {
        return data != null || split != null || detectors.named();
    }

    /**
     * Looks at the data set. Its classes are found by name among the detector's; what else the detector knows does not count.
     *
     * @throws ParfocalException if the options do not go together, or the detector does not know a class of the data
     */
    Found look(PrintWriter err) {
        if (data == null) {
            throw new ParfocalException("say what the detector is to look at: --data DIR");
        }
        Detector detector = detectors.load();
        Dataset all = Inputs.read(data, format, false, err);
        Dataset truth = split == null ? all : all.split(split);
        if (truth.samples().isEmpty()) {
            throw new ParfocalException("data set " + truth.name() + " has no images");
        }
        List<Integer> labels = labels(detector.categories(), truth);
        List<Detection> found = new ArrayList<>();
        for (Detection each : detector.detect(truth.samples())) {
            int label = labels.get(each.label());
            if (label >= 0) {
                found.add(new Detection(each.imageId(), label, each.box(), each.score()));
            }
        }
        return new Found(truth, found);
    }

    /** The data's label for each of the detector's, -1 for those that it has not. */
    private static List<Integer> labels(List<Category> detected, Dataset truth) {
        List<String> known = detected.stream().map(Category::name).toList();
        List<String> wanted = truth.categories().stream().map(Category::name).toList();
        List<String> unknown =
                wanted.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new ParfocalException("the detector does not know " + String.join(", ", unknown) + " of "
                    + truth.name() + "; it finds "
                    + known.stream().limit(10).collect(Collectors.joining(", ")) + (known.size() > 10 ? ", …" : "")
                    + ": use another, or name its classes as the data does with --class-names");
        }
        return known.stream().map(wanted::indexOf).toList();
    }
}
