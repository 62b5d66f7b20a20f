package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Federated truth, against what {@code src/test/python/record_lvis_cases.py} says, and by hand. */
class FederatedTest {

    private static final int MOST = 10;

    private static final EvaluationOptions LVIS = EvaluationOptions.COCO.withLimits(List.of(MOST));

    @TempDir
    private Path folder;

    private static CocoResult evaluate(CocoInput input) {
        return CocoEvaluator.evaluate(input.federated(MOST), LVIS);
    }

    @Test
    void everyFigureIsThatOfAnEvaluationFromTheDefinition() throws IOException {
        Map<String, Path> cases = RecordedCases.unpack("lvis.zip", folder);
        assertThat(cases).hasSize(12);
        boolean differs = false;
        for (Path each : cases.values()) {
            CocoInput input =
                    CocoInput.read(each.resolve("truth.json"), each.resolve("detections.json"), UnknownImages.REFUSE);
            JsonNode expected = new ObjectMapper().readTree(each.resolve("expected.json"));
            Map<String, Double> numbers = evaluate(input).asPycocotools();
            assertThat(numbers.keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
            numbers.forEach((key, value) -> assertThat(value)
                    .as(each.getFileName() + " " + key)
                    .isEqualTo(expected.get(key).asDouble(), within(1e-12)));
            double plain = CocoEvaluator.evaluate(input, LVIS).asPycocotools().getOrDefault("AP", -1.0);
            differs |= Math.abs(plain - numbers.getOrDefault("AP", -1.0)) > 0.01;
        }
        assertThat(differs).as("a case in which it matters").isTrue();
    }

    /** Image 1 has class 1; image 2 was searched for it; image 3 was not; of image 4 not all of it is annotated. */
    private CocoInput input(String detections) throws IOException {
        Path truth = Files.writeString(folder.resolve("truth.json"), """
                {"images": [
                  {"id": 1, "neg_category_ids": [], "not_exhaustive_category_ids": []},
                  {"id": 2, "neg_category_ids": [1], "not_exhaustive_category_ids": []},
                  {"id": 3, "neg_category_ids": [2], "not_exhaustive_category_ids": []},
                  {"id": 4, "neg_category_ids": [], "not_exhaustive_category_ids": [1]}],
                 "annotations": [
                  {"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 10, 10], "area": 100},
                  {"id": 2, "image_id": 4, "category_id": 1, "bbox": [0, 0, 10, 10], "area": 100}],
                 "categories": [{"id": 1, "name": "a", "frequency": "r"}, {"id": 2, "name": "b", "frequency": "f"}]}
                """);
        Path found = Files.writeString(folder.resolve("detections.json"), "[" + detections + "]");
        return CocoInput.read(truth, found, UnknownImages.REFUSE);
    }

    private static String found(int image, String box, double score) {
        return "{\"image_id\": " + image + ", \"category_id\": 1, \"bbox\": [" + box + "], \"score\": " + score + "}";
    }

    @Test
    void whatWasNotLookedForIsNeitherRightNorWrong() throws IOException {
        String right = found(1, "0, 0, 10, 10", 0.5) + "," + found(4, "0, 0, 10, 10", 0.4);
        assertThat(ap(right + "," + found(3, "50, 50, 10, 10", 0.9))).isEqualTo(1, within(1e-12));
        assertThat(ap(right + "," + found(4, "50, 50, 10, 10", 0.9))).isEqualTo(1, within(1e-12));
        assertThat(ap(right + "," + found(2, "50, 50, 10, 10", 0.9))).isEqualTo(2 / 3.0, within(1e-12));
    }

    private double ap(String detections) throws IOException {
        return evaluate(input(detections)).asPycocotools().getOrDefault("AP", -1.0);
    }

    @Test
    void theBestDetectionsOfAnImageCountTogether() throws IOException {
        StringBuilder many = new StringBuilder(found(1, "0, 0, 10, 10", 0.1));
        for (int i = 0; i < MOST; i++) {
            many.append(',')
                    .append(found(1, "50, 50, 10, 10", 0.2).replace("\"category_id\": 1", "\"category_id\": 2"));
        }
        assertThat(ap(many.toString())).isZero();
        assertThat(ap(found(1, "0, 0, 10, 10", 0.1))).isEqualTo(51 / 101.0, within(1e-12));
    }

    @Test
    void frequenciesHaveAveragesOfTheirOwn() throws IOException {
        CocoResult result = evaluate(input(found(1, "0, 0, 10, 10", 0.5)));
        Map<String, Double> numbers = new HashMap<>(result.asPycocotools());
        assertThat(numbers)
                .containsEntry("APc", -1.0)
                .containsEntry("APf", -1.0)
                .containsKey("AR10");
        assertThat(numbers.get("APr")).isEqualTo(numbers.get("AP"));
    }

    @Test
    void aPlainTruthIsNotFederatedAndAFederatedOneIsTold() throws IOException {
        CocoInput input = input("");
        assertThat(input.notes()).singleElement().asString().endsWith("--federated scores it so");
        assertThat(input.federated(MOST).notes()).isEmpty();
        Path plain = Files.writeString(
                folder.resolve("plain.json"),
                "{\"images\": [{\"id\": 1}], \"annotations\": [], \"categories\": [{\"id\": 1}]}");
        CocoInput other = CocoInput.read(plain, folder.resolve("detections.json"), UnknownImages.REFUSE);
        assertThatThrownBy(() -> other.federated(MOST))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("does not say which classes were looked for");
    }
}
