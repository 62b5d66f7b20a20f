package dev.parfocal.cli.compare;

import dev.parfocal.cli.run.CalibrationReport;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.truth.CocoInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What detections are worth by themselves, without images to fit an operating point on: accuracy and calibration. */
public final class FoldScores {

    private FoldScores() {}

    /**
     * COCO's numbers by their keys, then those of {@link CalibrationReport} over all detections; NaN where one does not exist.
     */
    public static Map<String, Double> of(Dataset truth, List<Detection> detections) {
        Map<String, Double> scores = new LinkedHashMap<>();
        CocoInput input = CocoInput.of(truth, detections);
        CocoResult coco = CocoEvaluator.evaluate(input);
        coco.asPycocotools().forEach((key, value) -> scores.put(key, value < 0 ? Double.NaN : value));
        scores.putAll(CalibrationReport.of(input, Optional.empty()).numbers());
        return scores;
    }
}
