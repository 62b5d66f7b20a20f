package dev.parfocal.cli.run;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.calibration.Lrp;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.ClassResult;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.outcome.ImageOutcome;
import dev.parfocal.detection.outcome.SideErrors;
import dev.parfocal.training.run.Detector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a finished run is worth: its detector's score on a part of the data, and pictures to look at.
 *
 * @param part which part it was scored on
 * @param answered how good the answers about whole images are, over all classes and by class
 */
public record RunReport(String part, CocoResult result, Map<String, Double> answered) {

    /** Detections from this score on are drawn. */
    public static final double DRAWN = 0.3;

    /**
     * Scores a run's detector and writes into its folder {@code PART-detections.json}, {@code PART-evaluation.json}, a sheet
     * of pictures {@code predictions.jpg} and the course of its losses {@code losses.svg}.
     */
    public static RunReport write(Path run, String part, Dataset data, String title) throws IOException {
        Detector.Examination examination = Detector.load(run).examine(data);
        List<Detection> detections = examination.detections();
        CocoDetections.writeWithUncertainty(run.resolve(part + "-detections.json"), detections, data);
        CocoResult result = CocoEvaluator.evaluate(data, detections);
        Map<String, Double> scores = new LinkedHashMap<>(result.asPycocotools());
        scores.putAll(examination.answered());
        ScoreFile.write(run.resolve(part + "-evaluation.json"), scores);
        Optional<SideErrors> errors = SideErrors.of(
                ImageOutcome.of(data, detections, new double[data.categories().size()], Lrp.IOU));
        if (errors.isPresent()) {
            SideErrorsFile.write(run, errors.get());
        }
        RunPictures.writeSheet(run.resolve("predictions.jpg"), data, detections, DRAWN);
        Pictures.write(RunCurves.of(run, title), run.resolve("losses.svg"));
        return new RunReport(part, result, examination.answered());
    }

    /** How good the answers about whole images are, a line for each question; nothing for a detector alone. */
    public List<String> answers() {
        return answered.entrySet().stream()
                .filter(each -> each.getKey().indexOf('/') == each.getKey().lastIndexOf('/'))
                .map(each -> String.format(Locale.ROOT, "%-26s %.3f", each.getKey(), each.getValue()))
                .toList();
    }

    /** The average precision of every class and of all of them, as a table. */
    public static TextTable table(CocoResult result) {
        TextTable table = new TextTable("class", ">objects", ">AP", ">AP50", ">AP75");
        int objects = 0;
        for (ClassResult each : result.classes()) {
            objects += each.objects();
            table.row(
                    each.category().name(),
                    String.valueOf(each.objects()),
                    shown(each.ap()),
                    shown(each.ap50()),
                    shown(each.ap75()));
        }
        return table.row(
                "all",
                String.valueOf(objects),
                shown(result.get(CocoMetric.AP)),
                shown(result.get(CocoMetric.AP50)),
                shown(result.get(CocoMetric.AP75)));
    }

    private static String shown(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.3f", number.getAsDouble()) : "-";
    }
}
