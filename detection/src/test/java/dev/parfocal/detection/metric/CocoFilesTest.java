package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoFilesTest {

    private static final String TRUTH = """
            {"info": {"nested": [1, {"id": 3}]}, "images": [{"id": 1.0}, {"id": 2}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 4, "bbox": [0, 0, 10, 10], "segmentation": [[1]]}],
             "categories": [{"id": 4, "name": "cat"}, {"id": 2}]}""";

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private CocoResult evaluate(String detections) throws IOException {
        return CocoEvaluator.evaluate(file("gt.json", TRUTH), file("dt.json", detections), UnknownImages.REFUSE);
    }

    @Test
    void fieldsThatAreNotNeededMayBeMissing() throws IOException {
        CocoResult result =
                evaluate("[{\"image_id\": 1, \"category_id\": 4, \"bbox\": [0, 0, 10, 10], \"score\": 1, \"x\": {}}]");
        assertThat(result.get(CocoMetric.AP).orElseThrow()).isEqualTo(1 - Math.ulp(1.0));
        assertThat(result.classes()).extracting(of -> of.category().name()).containsExactly("2", "cat");
    }

    @Test
    void detectionsOnOtherImagesCanBeLeftOut() throws IOException {
        String detections = "[{\"image_id\": 9, \"category_id\": 4, \"bbox\": [0, 0, 10, 10], \"score\": 1},"
                + "{\"image_id\": 1, \"category_id\": 77, \"bbox\": [0, 0, 10, 10], \"score\": 1}]";
        assertThatThrownBy(() -> evaluate(detections))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("detection 1 is on image 9,");
        CocoResult result =
                CocoEvaluator.evaluate(file("gt.json", TRUTH), file("dt.json", detections), UnknownImages.LEAVE_OUT);
        assertThat(result.notes())
                .containsExactly(
                        "1 detections are on images that the truth does not list; they were left out",
                        "1 detections are of categories that the truth does not list; they were left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                               | expected a list of detection records at line 1, column 1
            [7]                                                              | detection 1: not an object (line 1, column 2)
            [{"score": null}]                                                | detection 1: score is not a number: null
            [{"bbox": null}]                                                 | detection 1: bbox is not [x, y, width, height]
            [{"image_id": 1, "category_id": 4, "score": 1}]                  | detection 1: no bbox (line 1, column 46)
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4]}]        | detection 1: no score (line 1, column 56)
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3], "score": 1}] | detection 1: bbox has 3 numbers: it must be [x, y, width, height]
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, "4"]}]      | detection 1: bbox is not a number: 4
            [{"image_id": "one"}]                                            | detection 1: image_id is not an integer: one
            [{"image_id": 1.5}]                                              | detection 1: image_id is not an integer: 1.5
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4], "score": NaN}] | detection 1 (image 1): the score or area is not a number (NaN)
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, NaN, 4], "score": 1}] | detection 1 (image 1): the box [1.0, 2.0, NaN, 4.0] is not finite
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2,                | line 1, column 50: the JSON ends in the middle; the file is cut off
            ``                                                               | expected a list of detection records
            """)
    void brokenDetectionsAreRefusedWithTheirPlace(String detections, String message) {
        assertThatThrownBy(() -> evaluate(detections))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("dt.json: " + message);
    }

    @Test
    void brokenTruthIsRefused() {
        assertThatThrownBy(() -> CocoFiles.readTruth(file("gt.json", "{\"images\": [{\"id\": 1}]}")))
                .hasMessageEndingWith("the truth lists no categories: it must be a COCO annotation file");
        assertThatThrownBy(() -> CocoFiles.readTruth(file("gt.json", "[]")))
                .hasMessageEndingWith("the truth must be a JSON object with images, annotations and categories");
        String twice = TRUTH.replace(
                "\"annotations\": [",
                "\"annotations\": [{\"id\": 1, \"image_id\": 1, " + "\"category_id\": 4, \"bbox\": [0, 0, 1, 1]},");
        assertThatThrownBy(() -> CocoFiles.readTruth(file("gt.json", twice)))
                .hasMessageEndingWith("annotation id 1 occurs twice: every annotation needs its own");
        assertThatThrownBy(() -> CocoFiles.readTruth(folder.resolve("none.json")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("none.json: there is no such file");
    }
}
