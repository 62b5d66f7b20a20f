package dev.parfocal.detection.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.Matcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoInputTest {

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
                .hasMessageEndingWith("[0]: image 9 is not in the truth: are these files of the same images?");
        CocoResult result =
                CocoEvaluator.evaluate(file("gt.json", TRUTH), file("dt.json", detections), UnknownImages.LEAVE_OUT);
        assertThat(result.notes())
                .containsExactly(
                        "1 detection is on an image that the truth does not list; it was left out",
                        "1 detection is of a category that the truth does not list; it was left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                               | line 1, column 1: expected a list, found an object
            [7]                                                              | line 1, column 2: [0]: expected an object, found 7
            [{"score": null}]                                                | line 1, column 16: [0]: a detection needs image_id, category_id, bbox and score
            [{"image_id": 1, "category_id": 4, "score": 1}]                  | line 1, column 46: [0]: a detection needs
            [{"image_id": 1, "category_id": 4, "score": 1, "bbox": []}]      | line 1, column 58: [0]: a detection needs
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3], "score": 1}] | line 1, column 52: [0].bbox: a box is [x, y, width, height]; this one has 3 numbers
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, "4"]}]      | line 1, column 54: [0].bbox[3]: expected a number, found "4"
            [{"image_id": true}]                                             | line 1, column 15: [0].image_id: expected a whole number or a text for image_id, found true
            [{"image_id": 1.5}]                                              | line 1, column 15: [0].image_id: expected a whole number, found 1.5
            [{"image_id": 12345678901234567890}]                             | [0].image_id: the number 12345678901234567890 is too large
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4], "score": NaN}] | [0]: score is not a finite number
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2, NaN, 4], "score": 1}] | [0]: bbox has a number that is not finite
            [{"image_id": 1, "category_id": 4, "bbox": [1, 2,                | line 1, column 50: the JSON ends in the middle; the file is cut off
            ``                                                               | expected a list, found the end of the file
            """)
    void brokenDetectionsAreRefusedWithTheirPlace(String detections, String message) {
        assertThatThrownBy(() -> evaluate(detections))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("dt.json: ")
                .hasMessageContaining(message);
    }

    private CocoResult against(String truth) throws IOException {
        return CocoEvaluator.evaluate(file("gt.json", truth), file("dt.json", "[]"), UnknownImages.REFUSE);
    }

    @Test
    void brokenTruthIsRefused() {
        assertThatThrownBy(() -> against("{\"images\": [{\"id\": 1}]}"))
                .hasMessageEndingWith("the truth lists no categories: it must be a COCO annotation file");
        assertThatThrownBy(() -> against("[]"))
                .hasMessageContaining("line 1, column 1: a list, where an annotation file is");
        String twice = TRUTH.replace(
                "\"annotations\": [",
                "\"annotations\": [{\"id\": 1, \"image_id\": 1, " + "\"category_id\": 4, \"bbox\": [0, 0, 1, 1]},");
        assertThatThrownBy(() -> against(twice))
                .hasMessageEndingWith("annotations[1]: annotation id 1 occurs twice: every annotation needs its own");
        String again = TRUTH.replace("{\"id\": 2}]}", "{\"id\": 4, \"name\": \"dog\"}]}");
        assertThatThrownBy(() -> against(again)).hasMessageEndingWith("a second category with id 4, 'dog' after 'cat'");
        String sections = TRUTH.replace("\"categories\"", "\"images\": [], \"categories\"");
        assertThatThrownBy(() -> against(sections)).hasMessageContaining("a second \"images\"");
        assertThatThrownBy(() -> CocoEvaluator.evaluate(
                        folder.resolve("none.json"), folder.resolve("dt.json"), UnknownImages.REFUSE))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("none.json: cannot read this file: there is no such file or folder");
    }

    /** Each of these is a file that Python reads as a truth with one object, which the detection finds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"images\": [{\"id\": 0}], \"annotations\": [{\"id\": 5, \"image_id\": 0, \"category_id\": 0,"
                        + " \"bbox\": [1, 1, 9, 9], \"area\": null, \"iscrowd\": null}], \"categories\": [{\"id\": 0}]}",
                "{\"categories\": [{\"id\": 0.0, \"name\": null}], \"annotations\": [{\"image_id\": 0.0, \"category_id\": 0,"
                        + " \"bbox\": [1, 1, 9, 9], \"iscrowd\": false}], \"images\": [{\"id\": 0, \"file_name\": null}]}",
            })
    void nullIsNoFieldAndZeroIsAnId(String truth) throws IOException {
        CocoInput input = CocoInput.read(
                file("gt.json", truth),
                file("dt.json", "[{\"image_id\": 0, \"category_id\": 0.0, \"bbox\": [1, 1, 9, 9], \"score\": 0.5}]"),
                UnknownImages.REFUSE);
        assertThat(CocoEvaluator.evaluate(input).get(CocoMetric.AP).orElseThrow())
                .isCloseTo(1, within(1e-9));
        assertThat(Matcher.match(input, 0.5).size()).isEqualTo(1);
        assertThat(input.notes()).isEmpty();
        assertThat(input.categories()).extracting(Category::name).containsExactly("0");
    }

    /** Text ids count in the order of the texts, as numpy sorts them: equal scores are told apart by it. */
    @Test
    void textsAreIdsOfTheirOwn() throws IOException {
        String truth = "{\"annotations\": [" + object("b", "x") + "," + object("10", "x") + "],"
                + "\"images\": [{\"id\": \"b\"}, {\"id\": \"9\"}, {\"id\": \"10\"}], \"categories\": [{\"id\": \"x\"}]}";
        String hit = "{\"image_id\": \"10\", \"category_id\": \"x\", \"bbox\": [1, 1, 9, 9], \"score\": 0.5}";
        String miss = "{\"image_id\": \"9\", \"category_id\": \"x\", \"bbox\": [40, 1, 9, 9], \"score\": 0.5}";
        Path gt = file("gt.json", truth);
        double first = CocoEvaluator.evaluate(gt, file("dt.json", "[" + miss + "," + hit + "]"), UnknownImages.REFUSE)
                .get(CocoMetric.AP)
                .orElseThrow();
        assertThat(first).as("\"10\" comes before \"9\", so the hit does").isCloseTo(51 / 101.0, within(1e-9));
        String other = hit.replace("\"10\"", "10");
        assertThatThrownBy(() -> CocoEvaluator.evaluate(gt, file("dt.json", "[" + other + "]"), UnknownImages.REFUSE))
                .hasMessageContaining("image 10 is not in the truth");
        Path mixed = file("mixed.json", truth.replace("{\"id\": \"9\"}", "{\"id\": 9}"));
        assertThatThrownBy(() -> CocoEvaluator.evaluate(mixed, file("dt.json", "[]"), UnknownImages.REFUSE))
                .hasMessageContaining("images: some ids are numbers and some are texts in quotes");
    }

    private static String object(String image, String category) {
        return "{\"image_id\": \"" + image + "\", \"category_id\": \"" + category + "\", \"bbox\": [1, 1, 9, 9]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "\"0\"", "\"\"", "0.5", "[]"})
    void aCrowdIsMarkedByANumberOrATruthValue(String crowd) {
        String truth = TRUTH.replace("\"segmentation\"", "\"iscrowd\": " + crowd + ", \"segmentation\"");
        assertThatThrownBy(() -> against(truth))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("annotations[0].iscrowd: ");
    }

    @Test
    void whatIsLeftOutOfTheTruthIsTold() throws IOException {
        String more = "{\"id\": 0, \"image_id\": 1, \"category_id\": 4, \"bbox\": [0, 0, 1, 1]},"
                + "{\"id\": 7, \"image_id\": 1, \"category_id\": 4, \"bbox\": []},"
                + "{\"id\": 8, \"image_id\": 1, \"category_id\": 4, \"bbox\": [5, 5, 1, 1], \"ignore\": 1},";
        CocoResult result = against(TRUTH.replace("\"annotations\": [", "\"annotations\": [" + more));
        assertThat(result.classes().get(1).objects()).isEqualTo(3);
        assertThat(result.notes()).hasSize(3);
        assertThat(result.notes().get(0)).startsWith("an annotation has the id 0");
        assertThat(result.notes().get(1)).isEqualTo("1 annotation has no bbox; it was left out");
        assertThat(result.notes().get(2)).startsWith("1 annotation says \"ignore\" and counts all the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n[]", " {}", "\n\n7", "]"})
    void nothingMayFollowTheList(String rest) {
        assertThatThrownBy(() -> evaluate("[]" + rest))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("dt.json: line ");
    }

    @Test
    void whatNobodyAskedForMayBeDeep() throws IOException {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        CocoResult result = evaluate(
                "[{\"image_id\": 1, \"x\": " + deep + ", \"category_id\": 4, \"bbox\": [0, 0, 10, 10], \"score\": 1}]");
        assertThat(result.get(CocoMetric.AP).orElseThrow()).isCloseTo(1, within(1e-9));
    }
}
