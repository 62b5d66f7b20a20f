package dev.parfocal.training.run;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.training.run.Inference.Found;
import dev.parfocal.training.task.ImageScore;
import dev.parfocal.training.task.ImageTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detections on a data set, and their score.
 *
 * @param metrics AP, AP50, … and AP per class as {@code AP/name}; of further tasks {@code presence/accuracy} and {@code
 *     count/MAE}, and the same per class with {@code /name} behind
 */
record Evaluation(List<Detection> detections, Map<String, Double> metrics) {
    private static final int BATCH = 8;

    static Evaluation of(Inference inference, Dataset data) {
        List<Found> found = look(inference, data.samples());
        List<Detection> detections = detections(found);
        CocoResult result = CocoEvaluator.evaluate(data, detections);
        Map<String, Double> metrics = new LinkedHashMap<>(result.asPycocotools());
        result.classes().forEach(c -> metrics.put("AP/" + c.category().name(), c.ap().orElse(-1)));
        metrics.putAll(answered(found, data));
        return new Evaluation(detections, metrics);
    }

    /** How good the answers to the questions about whole images are. */
    static Map<String, Double> answered(List<Found> found, Dataset data) {
        Map<ImageTarget, ImageScore> scores = new EnumMap<>(ImageTarget.class);
        for (int i = 0; i < found.size(); i++) {
            Sample sample = data.samples().get(i);
            found.get(i)
                    .answers()
                    .forEach((target, answers) -> scores.computeIfAbsent(
                                    target, t -> new ImageScore(t, data.categories()))
                            .add(answers, sample.annotations()));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        scores.values().forEach(score -> metrics.putAll(score.metrics()));
        return metrics;
    }

    /** What is found in each sample's image, in their order. */
    static List<Found> look(Inference inference, List<Sample> samples) {
        List<Found> found = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Inference.Picture> pictures =
                    samples.subList(from, Math.min(samples.size(), from + BATCH)).parallelStream()
                            .map(s -> new Inference.Picture(s.id(), ImageFiles.read(s.file())))
                            .toList();
            found.addAll(inference.look(pictures));
        }
        return found;
    }

    static List<Detection> detections(List<Found> found) {
        return found.stream().flatMap(f -> f.detections().stream()).toList();
    }
}
