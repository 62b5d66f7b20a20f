package dev.parfocal.detection.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Kinds of error by construction, and against an oracle written from the paper's definitions (record_error_decomposition.py). */
class ErrorDecompositionTest {

    @TempDir
    private Path folder;

    private static JsonNode cases() throws IOException {
        try (InputStream bytes = ErrorDecompositionTest.class.getResourceAsStream("errors.json.gz");
                InputStream text = new GZIPInputStream(bytes)) {
            return new ObjectMapper().readTree(text);
        }
    }

    private CocoInput input(JsonNode recorded) throws IOException {
        return CocoInput.read(
                Files.writeString(
                        folder.resolve("gt.json"), recorded.get("truth").toString()),
                Files.writeString(
                        folder.resolve("dt.json"), recorded.get("detections").toString()),
                UnknownImages.REFUSE);
    }

    @Test
    void countsAndGainsAreTheOracles() throws IOException {
        JsonNode cases = cases();
        assertThat(cases.size()).isEqualTo(60);
        for (int i = 0; i < cases.size(); i++) {
            CocoInput input = input(cases.get(i));
            JsonNode expected = cases.get(i).get("expected");

            ErrorDecomposition errors = ErrorDecomposition.of(input);

            double ap50 = CocoEvaluator.evaluate(input).get(CocoMetric.AP50).orElse(Double.NaN);
            assertThat(errors.ap50().orElse(Double.NaN))
                    .as("AP50 of case %d", i)
                    .isEqualTo(ap50, within(1e-12));
            for (ErrorKind kind : ErrorKind.values()) {
                assertThat(errors.counts().get(kind))
                        .as("%s of case %d", kind, i)
                        .isEqualTo(expected.get("counts").get(kind.key()).asInt());
                assertThat(errors.gains().get(kind))
                        .as("gain by %s of case %d", kind, i)
                        .isCloseTo(expected.get("deltas").get(kind.key()).asDouble(), within(1e-9));
            }
        }
    }

    private static final List<Category> CATEGORIES = List.of(new Category(1, "cat"), new Category(2, "dog"));

    private static ErrorDecomposition with(Detection... more) {
        Annotation cat = Annotation.of(new Box(0, 0, 100, 100), 0);
        Dataset truth = new Dataset(
                "test", CATEGORIES, List.of(new Sample(1, Path.of("a.png"), 400, 400, List.of(cat))), Map.of());
        return ErrorDecomposition.of(truth, List.of(more));
    }

    /** One detection of one object each: its box, its class, the kind, and what correcting it is worth. */
    @ParameterizedTest
    @CsvSource({
        "0, 100, 1, CLASSIFICATION, 1",
        "60, 160, 0, LOCALISATION, 1",
        "60, 160, 1, BOTH, 0",
        "200, 300, 0, BACKGROUND, 0",
    })
    void aWrongDetectionHasItsKind(double left, double right, int label, ErrorKind kind, double gain) {
        ErrorDecomposition errors = with(new Detection(1, label, new Box(left, 0, right, 100), 0.9));

        assertThat(errors.counts()).containsEntry(kind, 1).containsEntry(ErrorKind.FALSE_POSITIVE, 1);
        assertThat(errors.gains().get(kind)).isCloseTo(gain, within(1e-9));
        assertThat(errors.counts().get(ErrorKind.MISSED)).isEqualTo(gain > 0 ? 0 : 1);
    }

    @Test
    void aSecondDetectionOfAnObjectIsADuplicate() {
        Box box = new Box(0, 0, 100, 100);
        ErrorDecomposition errors = with(new Detection(1, 0, box, 0.9), new Detection(1, 0, box, 0.8));

        assertThat(errors.counts()).containsEntry(ErrorKind.DUPLICATE, 1).containsEntry(ErrorKind.MISSED, 0);
        assertThat(errors.gains().get(ErrorKind.DUPLICATE)).isZero();
        assertThat(errors.ap50().orElseThrow()).isEqualTo(1, within(1e-9));
    }

    @Test
    void withoutObjectsThereIsNothingToGain() {
        Dataset none = new Dataset(
                "test", CATEGORIES, List.of(new Sample(1, Path.of("a.png"), 400, 400, List.of())), Map.of());
        ErrorDecomposition errors = ErrorDecomposition.of(none, List.of(new Detection(1, 0, new Box(0, 0, 9, 9), 0.5)));

        assertThat(errors.ap50()).isEmpty();
        assertThat(errors.counts()).containsEntry(ErrorKind.BACKGROUND, 1);
        assertThat(errors.gains().values()).allMatch(gain -> gain.isNaN());
    }
}
