package dev.parfocal.cli.report;

import dev.parfocal.cli.run.CalibrationReport;
import dev.parfocal.cli.run.ErrorReport;
import dev.parfocal.cli.run.RunReport;
import dev.parfocal.detection.calibration.Lrp;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.outcome.Confusion;
import dev.parfocal.detection.outcome.ErrorDecomposition;
import dev.parfocal.detection.outcome.ImageOutcome;
import dev.parfocal.detection.truth.CocoInput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Detections measured.
 *
 * @param part what the images are called: a split
 */
record Scored(
        String part, Dataset truth, List<Detection> detections, CocoResult result, CalibrationReport calibration) {

    static Scored of(String part, Dataset truth, List<Detection> detections) {
        CocoInput input = CocoInput.of(truth, detections);
        return new Scored(
                part, truth, detections, CocoEvaluator.evaluate(input), CalibrationReport.of(input, Optional.empty()));
    }

    /** The numbers at the top of a page. */
    List<Fact> facts() {
        return List.of(
                new Fact("AP", Shown.number(result.get(CocoMetric.AP)), "mean over IoU 0.50 to 0.95"),
                new Fact("AP50", Shown.number(result.get(CocoMetric.AP50)), "at IoU 0.50"),
                new Fact("AP75", Shown.number(result.get(CocoMetric.AP75)), "at IoU 0.75"),
                new Fact("oLRP", Shown.number(measure("oLRP")), "error at the best score; less is better"),
                new Fact("LaECE", Shown.number(measure("LaECE")), "calibration error; less is better"));
    }

    private double measure(String key) {
        return calibration.numbers().getOrDefault(key, Double.NaN);
    }

    /** How many images there are, and which. */
    String words() {
        return Shown.count(truth.samples().size(), "image") + " (" + part + ")";
    }

    /** All that a page shows of them. */
    FoundPart shown() {
        List<ImageOutcome> outcomes = ImageOutcome.of(truth, detections, lowest(), Lrp.IOU);
        Confusion confusion = Confusion.of(truth.categories(), outcomes);
        boolean few = truth.categories().size() <= Heat.MOST;
        return new FoundPart(
                "On " + words() + ", " + Shown.count(detections.size(), "detection") + ".",
                RunReport.table(result),
                PrecisionChart.of(result),
                ReliabilityChart.of(Matcher.match(truth, detections, Lrp.IOU)),
                calibration.table(),
                calibration.classTable(),
                ErrorReport.table(ErrorDecomposition.of(truth, detections)),
                few ? Optional.of(Heat.of(confusion)) : Optional.empty(),
                few ? Optional.empty() : Optional.of(Mistakes.table(confusion)),
                WorstImages.of(outcomes, truth.categories()));
    }

    /** The score of each class, by label, at which its LRP is least; classes are numbered there by ascending id. */
    private double[] lowest() {
        double[] byNumber =
                Lrp.thresholds(calibration.perClass(), truth.categories().size());
        List<Category> byId = truth.categories().stream()
                .sorted(Comparator.comparingLong(Category::id))
                .toList();
        double[] byLabel = new double[byNumber.length];
        Arrays.fill(byLabel, Lrp.NONE);
        IntStream.range(0, byNumber.length)
                .forEach(number -> byLabel[truth.categories().indexOf(byId.get(number))] = byNumber[number]);
        return byLabel;
    }
}
