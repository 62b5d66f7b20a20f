package dev.parfocal.detection.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.data.SideDeviations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoDetectionsTest {

    private static final Dataset TRUTH = new Dataset(
            "truth",
            List.of(new Category(3, "dog"), new Category(90, "cat")),
            Stream.of(1L, 2L)
                    .map(id -> new Sample(id, Path.of(id + ".jpg"), 640, 480, List.of()))
                    .toList(),
            Map.of());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenReadsBackExactly() {
        SplittableRandom random = new SplittableRandom(8);
        List<Detection> detections = IntStream.range(0, 500)
                .mapToObj(i -> {
                    float x = random.nextFloat(-50, 300);
                    float y = random.nextFloat(300);
                    Box box = new Box(x, y, x + random.nextFloat(300), y + random.nextFloat(100));
                    return new Detection(1 + i % 2, i % 2, box, random.nextDouble());
                })
                .toList();
        assertThat(throughFile(detections)).isEqualTo(detections);
    }

    @Test
    void edgesThatAreNoFloatsMayLoseTheirLastDigit() {
        SplittableRandom random = new SplittableRandom(8);
        List<Detection> detections = random.doubles(500, 0, 300)
                .mapToObj(x -> new Detection(1, 0, new Box(x, x / 3, x + random.nextDouble(300), 2 * x), 0.5))
                .toList();
        List<Detection> read = throughFile(detections);
        for (int i = 0; i < read.size(); i++) {
            Box box = detections.get(i).box();
            Box back = read.get(i).box();
            assertThat(back.x1()).isEqualTo(box.x1());
            assertThat(Math.abs(back.x2() - box.x2())).isLessThanOrEqualTo(Math.ulp(box.x2()));
            assertThat(Math.abs(back.y2() - box.y2())).isLessThanOrEqualTo(Math.ulp(box.y2()));
        }
    }

    private Path write(String content) {
        try {
            return Files.writeString(folder.resolve("dt.json"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void idsAreThoseOfTheFilesThatTheImagesCameFrom() throws IOException {
        List<Sample> samples = List.of(
                new Sample(7, RecordId.of("0007"), Path.of("a.jpg"), 640, 480, List.of()),
                new Sample(8, RecordId.of(0), Path.of("b.jpg"), 640, 480, List.of()));
        Dataset data = new Dataset("two files", TRUTH.categories(), samples, Map.of());
        List<Detection> detections =
                List.of(new Detection(8, 1, new Box(1, 2, 3, 4), 0.5), new Detection(7, 0, new Box(1, 2, 3, 4), 0.25));
        Path json = folder.resolve("dt.json");
        CocoDetections.write(json, detections, data);
        assertThat(Files.readString(json))
                .startsWith("[{\"image_id\":0,\"category_id\":90,")
                .contains("\"image_id\":\"0007\"");
        assertThat(CocoDetections.read(json, data)).isEqualTo(detections);
    }

    @Test
    void whereTwoFilesGiveOneIdTheDataSetsOwnStands() throws IOException {
        List<Sample> samples = List.of(
                new Sample(1, RecordId.of(1), Path.of("a.jpg"), 640, 480, List.of()),
                new Sample(2, RecordId.of(1), Path.of("b.jpg"), 640, 480, List.of()));
        Dataset data = new Dataset("clash", TRUTH.categories(), samples, Map.of());
        List<Detection> detections = List.of(new Detection(2, 1, new Box(1, 2, 3, 4), 0.5));
        Path json = folder.resolve("dt.json");
        CocoDetections.write(json, detections, data);
        assertThat(Files.readString(json)).startsWith("[{\"image_id\":2,");
        assertThat(CocoDetections.read(json, data)).isEqualTo(detections);
    }

    private List<Detection> throughFile(List<Detection> detections) {
        Path json = folder.resolve("dt.json");
        CocoDetections.write(json, detections, TRUTH);
        return CocoDetections.read(json, TRUTH);
    }

    @Test
    void uncertaintyIsWrittenWhereItIsAskedForAndKnown() {
        Path json = folder.resolve("uncertain.json");
        List<Detection> detections = List.of(
                new Detection(1, 0, new Box(1, 2, 3, 5), 0.5, new SideDeviations(0.25, 1, 2, 4)),
                new Detection(1, 1, new Box(1, 2, 3, 5), 0.25));
        CocoDetections.writeWithUncertainty(json, detections, TRUTH);
        assertThat(json).content().containsOnlyOnce("uncertainty").contains("\"uncertainty\":[0.25,1.0,2.0,4.0]");
        assertThat(CocoDetections.read(json, TRUTH)).hasSize(2);
        CocoDetections.write(json, detections, TRUTH);
        assertThat(json).content().doesNotContain("uncertainty");
    }

    @Test
    void noDetectionsAreAnEmptyList() {
        Path json = folder.resolve("dt.json");
        CocoDetections.write(json, List.of(), TRUTH);
        assertThat(json).hasContent("[]");
        assertThat(CocoDetections.read(json, TRUTH)).isEmpty();
    }

    @Test
    void categoriesThatTheTruthLacksAreLeftOut() {
        Path json = write("[{\"image_id\": 1, \"category_id\": 4, \"bbox\": [1, 2, 3, 4], \"score\": 1}]");
        assertThat(CocoDetections.read(json, TRUTH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                        | expected a list, found an object
            [{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}]                 | [0]: a detection needs image_id, category_id, bbox and score
            [{"image_id": 9, "category_id": 3, "bbox": [1, 2, 3, 4], "score": 1}]     | [0]: image 9 is not in the truth; do both files belong together?
            [{"image_id": 1, "category_id": 3, "bbox": [1, NaN, 3, 4], "score": 1}]   | [0]: bbox has a number that is not finite
            [{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4, 5], "score": 1}]  | [0].bbox: a box is [x, y, width, height]; this one has 5 numbers
            [{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "score": "high"}] | [0].score: expected a number, found "high"
            [{"image_id": 1, "category_id": 3, "bbox": [1, 2,                         | the JSON ends in the middle; the file is cut off, get it again
            """)
    void mistakesAreNamedWithTheirPlace(String content, String message) {
        Path json = write(content);
        assertThatThrownBy(() -> CocoDetections.read(json, TRUTH))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(json + ": line ")
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        Path json = folder.resolve("dt.json");
        List<Detection> broken = List.of(new Detection(1, 0, new Box(1, 2, 3, 4), Double.NaN));
        assertThatThrownBy(() -> CocoDetections.write(json, broken, TRUTH))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("image 1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMissingFileIsNamed() {
        Path json = folder.resolve("dt.json");
        assertThatThrownBy(() -> CocoDetections.read(json, TRUTH))
                .hasMessage(json + ": cannot read this file: there is no such file or folder");
    }
}
