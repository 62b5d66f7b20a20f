package dev.parfocal.training.run;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detections on a data set, and their score.
 *
 * @param metrics AP, AP50, … and AP per class as {@code AP/name}
 */
record Evaluation(List<Detection> detections, Map<String, Double> metrics) {
    private static final int BATCH = 8;

    static Evaluation of(Inference inference, Dataset data) {
        List<Detection> detections = detect(inference, data.samples());
        CocoResult result = CocoEvaluator.evaluate(data, detections);
        Map<String, Double> metrics = new LinkedHashMap<>(result.asPycocotools());
        result.classes().forEach(c -> metrics.put("AP/" + c.category().name(), c.ap().orElse(-1)));
        return new Evaluation(detections, metrics);
    }

    static List<Detection> detect(Inference inference, List<Sample> samples) {
        List<Detection> detections = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Inference.Picture> pictures =
                    samples.subList(from, Math.min(samples.size(), from + BATCH)).parallelStream()
                            .map(s -> new Inference.Picture(s.id(), ImageFiles.read(s.file())))
                            .toList();
            inference.detect(pictures).forEach(detections::addAll);
        }
        return detections;
    }
}
