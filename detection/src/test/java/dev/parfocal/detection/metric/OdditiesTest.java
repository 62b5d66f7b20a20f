package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Turns of COCO's rules that docs/evaluation.md lists, by hand; pycocotools 2.0.11 gives the same numbers, but for an empty list of
 * detections, at which it fails.
 */
class OdditiesTest {

    @TempDir
    private Path folder;

    private double ap(String annotations, String detections) throws IOException {
        Path truth = Files.writeString(
                folder.resolve("truth.json"),
                "{\"images\": [{\"id\": 1}], \"categories\": [{\"id\": 1}], \"annotations\": [" + annotations + "]}");
        Path found = Files.writeString(folder.resolve("found.json"), "[" + detections + "]");
        return CocoEvaluator.evaluate(truth, found, UnknownImages.REFUSE)
                .asPycocotools()
                .getOrDefault("AP", -1.0);
    }

    private static String object(int id, String box, double area, int crowd) {
        return "{\"id\": " + id + ", \"image_id\": 1, \"category_id\": 1, \"bbox\": [" + box + "], \"area\": " + area
                + ", \"iscrowd\": " + crowd + "}";
    }

    private static String found(String box, double score) {
        return "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [" + box + "], \"score\": " + score + "}";
    }

    /** IoU 100/120 with the object, all of it in the crowd: right up to 0.80, and does not count above. */
    @Test
    void anObjectGoesBeforeACrowdThatIsOverlappedMore() throws IOException {
        String truth = object(1, "0, 0, 10, 10", 100, 0) + "," + object(2, "0, 0, 10, 12", 120, 1);
        assertThat(ap(truth, found("0, 0, 10, 12", 0.9))).isEqualTo(0.7, within(1e-12));
    }

    @Test
    void aCrowdTakesAnyNumberOfDetections() throws IOException {
        String truth = object(1, "0, 0, 10, 10", 100, 0) + "," + object(2, "50, 50, 40, 40", 1600, 1);
        String detections =
                found("50, 50, 10, 10", 0.9) + "," + found("60, 60, 10, 10", 0.8) + "," + found("0, 0, 10, 10", 0.7);
        assertThat(ap(truth, detections)).isEqualTo(1, within(1e-12));
    }

    /** The second of two detections on one object is false, however well it fits. */
    @Test
    void theBetterScoreTakesTheObject() throws IOException {
        String detections = found("0, 0, 10, 9", 0.9) + "," + found("0, 0, 10, 10", 0.8);
        // IoU 0.9: first up to 0.90; at 0.95 the first is false and the second right.
        assertThat(ap(object(1, "0, 0, 10, 10", 100, 0), detections)).isEqualTo(0.95, within(1e-12));
    }

    @Test
    void noDetectionsScoreNothing() throws IOException {
        assertThat(ap(object(1, "0, 0, 10, 10", 100, 0), "")).isZero();
    }
}
