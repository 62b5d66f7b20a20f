package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every oddity of pycocotools that docs/evaluation.md lists, in both modes, and evaluations of one's own. */
class ModeTest {

    @TempDir
    private Path folder;

    private CocoInput input(List<String> objects, List<String> detections) throws IOException {
        Path truth = Files.writeString(
                folder.resolve("gt.json"),
                "{\"images\": [{\"id\": 1, \"width\": 300, \"height\": 300, \"attributes\": {\"sky\": \"grey\"}},"
                        + " {\"id\": 2, \"width\": 300, \"height\": 300, \"sky\": \"blue\"}], \"categories\": [{\"id\": 1, \"name\":"
                        + " \"cat\"}, {\"id\": 2, \"name\": \"dog\"}], \"annotations\": ["
                        + String.join(",", objects) + "]}");
        Path found = Files.writeString(folder.resolve("dt.json"), "[" + String.join(",", detections) + "]");
        return CocoInput.read(truth, found, UnknownImages.REFUSE);
    }

    private static String object(int id, int image, String box, String more) {
        return "{\"id\": " + id + ", \"image_id\": " + image + ", \"category_id\": 1, \"bbox\": " + box + more + "}";
    }

    private static String found(int image, String box, double score) {
        return "{\"image_id\": " + image + ", \"category_id\": 1, \"bbox\": " + box + ", \"score\": " + score + "}";
    }

    private static double ap(CocoInput input, Mode mode) {
        return figure(input, EvaluationOptions.COCO.withMode(mode), "AP");
    }

    private static double figure(CocoInput input, EvaluationOptions options, String key) {
        return CocoEvaluator.evaluate(input, options).figures().stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value()
                .orElse(-1);
    }

    private static void bothAre(CocoInput input, double strict, double corrected) {
        assertThat(ap(input, Mode.STRICT)).as("strict").isCloseTo(strict, within(1e-12));
        assertThat(ap(input, Mode.CORRECTED)).as("corrected").isCloseTo(corrected, within(1e-12));
    }

    @Test
    void anAnnotationWithTheIdZeroIsNeverFound() throws IOException {
        bothAre(input(List.of(object(0, 1, "[9, 9, 50, 50]", "")), List.of(found(1, "[9, 9, 50, 50]", 0.5))), 0, 1);
    }

    @Test
    void theMarkIgnoreIsIgnored() throws IOException {
        List<String> objects =
                List.of(object(1, 1, "[9, 9, 50, 50]", ""), object(2, 1, "[99, 99, 50, 50]", ", \"ignore\": 1"));
        bothAre(input(objects, List.of(found(1, "[9, 9, 50, 50]", 0.5))), 51 / 101.0, 1);
    }

    @Test
    void anAreaOnABorderBelongsToBothRanges() throws IOException {
        CocoInput input = input(List.of(object(1, 1, "[9, 9, 32, 32]", "")), List.of(found(1, "[9, 9, 32, 32]", 0.5)));
        EvaluationOptions corrected = EvaluationOptions.COCO.withMode(Mode.CORRECTED);

        assertThat(figure(input, EvaluationOptions.COCO, "APs")).isCloseTo(1, within(1e-12));
        assertThat(figure(input, EvaluationOptions.COCO, "APm")).isCloseTo(1, within(1e-12));
        assertThat(figure(input, corrected, "APs")).isEqualTo(-1);
        assertThat(figure(input, corrected, "APm")).isCloseTo(1, within(1e-12));
    }

    /** The same detections, and the false one stands on an image of a lower or a higher id. */
    @Test
    void ofEqualScoresTheLowerImageCountsFirst() throws IOException {
        String box = "[9, 9, 50, 50]";
        bothAre(input(List.of(object(1, 1, box, "")), List.of(found(2, box, 0.5), found(1, box, 0.5))), 1, 0.5);
        bothAre(input(List.of(object(1, 2, box, "")), List.of(found(2, box, 0.5), found(1, box, 0.5))), 0.5, 0.5);
    }

    /** numpy's level 0.57 is 0.5700000000000001: 57 of 100 objects do not reach it. */
    @Test
    void levelsOfRecallAreNotTheirDecimalNumbers() throws IOException {
        List<String> objects = IntStream.range(0, 100)
                .mapToObj(i -> object(i + 1, 1, "[" + 30 * i + ", 9, 20, 20]", ""))
                .collect(Collectors.toList());
        List<String> found = IntStream.range(0, 57)
                .mapToObj(i -> found(1, "[" + 30 * i + ", 9, 20, 20]", 0.5))
                .collect(Collectors.toList());
        bothAre(input(objects, found), 57 / 101.0, 58 / 101.0);
    }

    @Test
    void aMissingAreaIsThatOfTheBoxAndAnAreaOfZeroIsZero() throws IOException {
        List<String> found = List.of(found(1, "[9, 9, 50, 50]", 0.5));
        CocoInput missing = input(List.of(object(1, 1, "[9, 9, 50, 50]", "")), found);
        CocoInput zero = input(List.of(object(1, 1, "[9, 9, 50, 50]", ", \"area\": 0")), found);

        for (Mode mode : Mode.values()) {
            EvaluationOptions options = EvaluationOptions.COCO.withMode(mode);
            assertThat(figure(missing, options, "APm")).isCloseTo(1, within(1e-12));
            assertThat(figure(zero, options, "APm")).isEqualTo(-1);
            assertThat(figure(zero, options, "APs")).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void onlyTheBestDetectionsOfAnImageAndClassCount() throws IOException {
        List<String> objects = List.of(object(1, 1, "[9, 9, 50, 50]", ""), object(2, 1, "[99, 99, 50, 50]", ""));
        CocoInput input = input(
                objects,
                List.of(
                        found(1, "[9, 9, 50, 50]", 0.9),
                        found(1, "[200, 9, 50, 50]", 0.8),
                        found(1, "[99, 99, 50, 50]", 0.7)));

        EvaluationOptions two = EvaluationOptions.COCO.withLimits(List.of(1, 2));
        assertThat(figure(input, two, "AP")).isCloseTo(51 / 101.0, within(1e-12));
        assertThat(figure(input, two, "AR2")).isEqualTo(0.5);
        EvaluationOptions three = EvaluationOptions.COCO.withLimits(List.of(3));
        assertThat(figure(input, three, "AR3")).isEqualTo(1);
    }

    @Test
    void classesAndThresholdsAreChosen() throws IOException {
        CocoInput input = input(List.of(object(1, 1, "[0, 0, 10, 10]", "")), List.of(found(1, "[0, 0, 10, 6]", 0.5)));
        EvaluationOptions low = EvaluationOptions.COCO.withIous(List.of(0.3, 0.6, 0.7));

        CocoResult result = CocoEvaluator.evaluate(input, low);

        assertThat(result.figures()).extracting(Figure::key).startsWith("AP", "AP30", "AP60", "AP70", "APs");
        assertThat(figure(input, low, "AP60")).isCloseTo(1, within(1e-12));
        assertThat(figure(input, low, "AP70")).isZero();
        assertThat(result.get(CocoMetric.AP50)).isEmpty();
        assertThat(CocoEvaluator.evaluate(input, low.withClasses(Set.of("dog"))).classes())
                .extracting(each -> each.category().name())
                .containsExactly("dog");
        assertThatThrownBy(() -> CocoEvaluator.evaluate(input, low.withClasses(Set.of("cow"))))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("the truth has no class named 'cow'; it has cat, dog");
    }

    @Test
    void slicesDivideTheObjects() throws IOException {
        List<String> objects = List.of(
                object(1, 1, "[0, 0, 100, 20]", ""),
                object(2, 1, "[5, 0, 100, 20]", ""),
                object(3, 2, "[140, 140, 20, 20]", ""));
        CocoInput input =
                input(objects, List.of(found(1, "[0, 0, 100, 20]", 0.9), found(2, "[140, 140, 20, 20]", 0.8)));
        EvaluationOptions options = EvaluationOptions.COCO.withMode(Mode.CORRECTED);

        for (Trait trait : Trait.values()) {
            List<SliceResult> slices = CocoEvaluator.slices(input, options, trait);
            assertThat(slices.stream().skip(1).mapToInt(SliceResult::objects).sum())
                    .as(trait.name())
                    .isEqualTo(3)
                    .isEqualTo(slices.get(0).objects());
        }
        assertThat(CocoEvaluator.slices(input, options, Trait.CROWDING))
                .extracting(SliceResult::name, SliceResult::objects)
                .contains(tuple("alone", 1), tuple("1 or 2 neighbours", 2));
        List<SliceResult> sky = CocoEvaluator.slices(input, options, "sky");
        assertThat(sky).extracting(SliceResult::name).containsExactly("all", "blue", "grey");
        assertThat(sky.get(1).ap().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(sky.get(2).ar().orElseThrow()).isEqualTo(0.5);
        assertThatThrownBy(() -> CocoEvaluator.slices(input, options, "moon"))
                .hasMessageContaining("no image of the truth has the attribute 'moon'; they have sky");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> EvaluationOptions.COCO.withIous(List.of(0.5, 0.5)))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("ascending order");
        assertThatThrownBy(() -> EvaluationOptions.COCO.withIous(List.of(1.5))).hasMessageContaining("in (0, 1]");
        assertThatThrownBy(() -> EvaluationOptions.COCO.withLimits(List.of(0))).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new AreaRange("none", 5, 5)).hasMessageContaining("must ascend");
        assertThatThrownBy(() -> EvaluationOptions.COCO.withAreas(List.of(new AreaRange("all", 0, 1))))
                .hasMessageContaining("two area ranges are called all");
    }
}
