package dev.parfocal.detection.metric;

import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * COCO files with what pycocotools 2.0.11 says about them, recorded by {@code src/test/python/record_coco_cases.py}.
 */
record PycocotoolsCase(Path truth, Path detections, JsonNode expected) {

    private static final String ARCHIVE = "pycocotools.zip";

    /** Unpacks all cases; by name. */
    static Map<String, PycocotoolsCase> unpack(Path folder) throws IOException {
        Map<String, PycocotoolsCase> cases = new TreeMap<>();
        for (Map.Entry<String, Path> each :
                RecordedCases.unpack(ARCHIVE, folder).entrySet()) {
            Path path = each.getValue();
            JsonNode expected = new ObjectMapper().readTree(path.resolve("expected.json"));
            cases.put(
                    each.getKey(),
                    new PycocotoolsCase(path.resolve("truth.json"), path.resolve("detections.json"), expected));
        }
        return cases;
    }

    CocoResult evaluate() {
        return CocoEvaluator.evaluate(truth, detections, UnknownImages.REFUSE);
    }

    /** The largest difference between a result and what was recorded; infinite where one has a number and one has none. */
    double deviation(CocoResult result) {
        double worst = 0;
        int i = 0;
        for (double number : result.asPycocotools().values()) {
            worst = Math.max(
                    worst, Math.abs(number - expected.get("stats").get(i++).asDouble()));
        }
        for (ClassResult of : result.classes()) {
            String id = String.valueOf(of.category().id());
            JsonNode perThreshold = expected.get("classes").get(id);
            worst = Math.max(worst, difference(of.ap(), expected.get("class_ap").get(id)));
            worst = Math.max(worst, difference(of.ap50(), perThreshold.get(0)));
            worst = Math.max(worst, difference(of.ap75(), perThreshold.get(5)));
        }
        for (JsonNode curve : expected.get("curves")) {
            worst = Math.max(worst, curveDeviation(result, curve));
        }
        return worst;
    }

    private static double curveDeviation(CocoResult result, JsonNode expected) {
        PrecisionRecall curve = result.curve(
                        category(result, expected.get("category").asLong()),
                        expected.get("iou").asDouble())
                .orElseThrow();
        double worst = Math.abs(curve.highestRecall() - expected.get("recall").asDouble());
        for (int level = 0; level <= 100; level++) {
            double precision = expected.get("precision").get(level).asDouble();
            double score = expected.get("score").get(level).asDouble();
            worst = Math.max(worst, Math.abs(curve.precision()[level] - precision));
            worst = Math.max(worst, Math.abs(curve.score()[level] - score));
        }
        return worst;
    }

    static Category category(CocoResult result, long id) {
        return result.classes().stream()
                .map(ClassResult::category)
                .filter(category -> category.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static double difference(OptionalDouble actual, JsonNode expected) {
        if (actual.isEmpty() || expected.isNull()) {
            return actual.isEmpty() == expected.isNull() ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual.getAsDouble() - expected.asDouble());
    }
}
