package dev.parfocal.cli.compare;

import dev.parfocal.cli.run.ErrorReport;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.outcome.ErrorDecomposition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one trained detector is worth.
 *
 * @param judged its detections, ready to be measured again on any choice of images
 * @param values every measure on all images, by {@link Measure#ordinal()}
 * @param bySize APs, APm and APl; NaN where there are no such objects
 * @param byClass average precision of each class; NaN where it has no objects
 * @param errors how much AP50 would rise if one kind of error were corrected, by kind; NaN without objects
 * @param kendall rank correlation of score and IoU
 * @param cost of its training
 */
public record Scores(
        Judged judged,
        double[] values,
        Map<String, Double> bySize,
        Map<String, Double> byClass,
        Map<String, Double> errors,
        double kendall,
        Cell.Cost cost) {

    private static final List<CocoMetric> SIZES =
            List.of(CocoMetric.AP_SMALL, CocoMetric.AP_MEDIUM, CocoMetric.AP_LARGE);

    /** Measures a finished cell. */
    public static Scores of(Cell cell, Parts parts) {
        List<Detection> onFit = cell.evaluated(parts.val(), parts.fit());
        List<Detection> onScored = cell.scored(parts.scored());
        Judged judged = Judged.of(parts.fit(), onFit, parts.scored(), onScored);
        return of(judged, parts.scored(), onScored, cell.cost());
    }

    private static Scores of(Judged judged, Dataset scored, List<Detection> detections, Cell.Cost cost) {
        CocoResult coco = CocoEvaluator.evaluate(scored, detections);
        Map<String, Double> bySize = new LinkedHashMap<>();
        SIZES.forEach(size -> bySize.put(size.key(), coco.get(size).orElse(Double.NaN)));
        Map<String, Double> byClass = new LinkedHashMap<>();
        coco.classes()
                .forEach(each -> byClass.put(each.category().name(), each.ap().orElse(Double.NaN)));
        int[] once = new int[judged.images()];
        Arrays.fill(once, 1);
        Map<String, Double> errors = ErrorReport.gains(ErrorDecomposition.of(scored, detections));
        return new Scores(judged, judged.of(once), bySize, byClass, errors, judged.kendall(), cost);
    }

    /** One measure. */
    public double value(Measure measure) {
        return values[measure.ordinal()];
    }
}
