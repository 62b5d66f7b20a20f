package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label Studio's exports JSON and JSON-MIN. */
class LabelStudioReaderTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.image("images/a.jpg");
    }

    private static String result(String type, String value) {
        return "{\"original_width\": 100, \"original_height\": 80, \"image_rotation\": 0, \"value\": {" + value
                + "}, \"id\": \"r1\", \"from_name\": \"label\", \"to_name\": \"image\", \"type\": \"" + type + "\"}";
    }

    private static String rectangle(String label, double rotation) {
        return result(
                "rectanglelabels",
                "\"x\": 10, \"y\": 25, \"width\": 20, \"height\": 50, \"rotation\": " + rotation
                        + ", \"rectanglelabels\": [" + label + "]");
    }

    private static String annotation(String marks, String... results) {
        return "{\"id\": 5, " + marks + "\"result\": [" + String.join(", ", results) + "]}";
    }

    private static String task(int id, String image, String... annotations) {
        return "{\"id\": " + id + ", \"annotations\": [" + String.join(", ", annotations)
                + "], \"file_upload\": \"0a1b2c3d-x.jpg\", \"predictions\": [], \"data\": {\"image\": \"" + image
                + "\"}, \"meta\": {}, \"total_annotations\": 1}";
    }

    private void export(String... tasks) {
        folder.text("project-1-at-2026.json", "[" + String.join(",\n", tasks) + "]");
    }

    private static List<Box> boxes(Dataset data) {
        return data.samples().stream()
                .flatMap(sample -> sample.annotations().stream())
                .map(Annotation::box)
                .toList();
    }

    @Test
    void boxesAreInPercentOfTheImage() {
        export(task(17, "a.jpg", annotation("", rectangle("\"dog\", \"pet\"", 0))));
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(loaded.fit().format()).isEqualTo(Format.LABELSTUDIO);
        assertThat(loaded.dataset().categories())
                .extracting(each -> each.name())
                .containsExactly("dog", "pet");
        assertThat(boxes(loaded.dataset())).containsExactly(new Box(10, 20, 30, 60), new Box(10, 20, 30, 60));
        assertThat(loaded.dataset().fileIds().values()).containsExactly(RecordId.of(17));
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/data/upload/1/0a1b2c3d-b.jpg,                    images/b.jpg",
        "/data/upload/1/0a1b2c3d-b.jpg,                    images/0a1b2c3d-b.jpg",
        "/data/local-files/?d=sets/my%20pets/b.jpg,        my pets/b.jpg",
        "s3://bucket/pets/b.jpg,                           b.jpg",
        "https://example.org/pets/b.jpg?token=1/2,         pets/b.jpg",
        "b.jpg,                                            images/b.jpg"
    })
    void anAddressLeadsToTheImageThatIsHere(String address, String image) {
        folder.image(image);
        export(task(1, address, annotation("", rectangle("\"dog\"", 0))));
        Dataset data = folder.read(Format.LABELSTUDIO).dataset();
        assertThat(data.samples().get(0).file().normalize()).isEqualTo(root.resolve(image));
    }

    /** Turned by 90° about the upper left corner, a box of 20 × 40 pixels at (10, 20) lies left of it. */
    @Test
    void otherShapesAreReadAsTheBoxesAroundThemOrNamed() {
        export(task(
                1,
                "a.jpg",
                annotation(
                        "",
                        rectangle("\"dog\"", 90),
                        result(
                                "polygonlabels",
                                "\"points\": [[10, 10], [50, 20], [30, 90]], \"polygonlabels\": [\"dog\"]"),
                        result(
                                "ellipselabels",
                                "\"x\": 50, \"y\": 50, \"radiusX\": 10, \"radiusY\": 20, \"rotation\": 0, "
                                        + "\"ellipselabels\": [\"dog\"]"),
                        result("keypointlabels", "\"x\": 5, \"y\": 5, \"width\": 1, \"keypointlabels\": [\"eye\"]"),
                        result("brushlabels", "\"format\": \"rle\", \"rle\": [1, 2], \"brushlabels\": [\"dog\"]"),
                        result("choices", "\"choices\": [\"sharp\"]"))));
        Loaded loaded = folder.read(Format.LABELSTUDIO);
        List<Box> boxes = boxes(loaded.dataset());
        assertThat(boxes).hasSize(3);
        assertThat(boxes.get(0).x2()).isEqualTo(10, within(1e-9));
        assertThat(boxes.get(0).y2()).isEqualTo(40, within(1e-9));
        assertThat(boxes.get(1)).isEqualTo(new Box(10, 8, 50, 72));
        assertThat(boxes.get(2)).isEqualTo(new Box(40, 24, 60, 56));
        assertThat(loaded.lint().count(Problem.ROTATED_BOX)).isEqualTo(1);
        assertThat(loaded.lint().count(Problem.AROUND_SHAPE)).isEqualTo(2);
        assertThat(loaded.lint().count(Problem.OTHER_SHAPE)).isEqualTo(2);
    }

    @Test
    void aLabelApartFromItsRectangleIsOneObject() {
        String place = "\"x\": 10, \"y\": 25, \"width\": 20, \"height\": 50, \"rotation\": 0";
        export(task(
                1,
                "a.jpg",
                annotation("", result("rectangle", place), result("labels", place + ", \"labels\": [\"dog\"]"))));
        Loaded loaded = folder.read(Format.LABELSTUDIO);
        assertThat(boxes(loaded.dataset())).containsExactly(new Box(10, 20, 30, 60));
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @Test
    void whoAnnotatedWhatDecides() {
        folder.image("images/b.jpg");
        folder.image("images/c.jpg");
        export(
                task(1, "a.jpg"),
                task(2, "b.jpg", annotation("\"was_cancelled\": true, ", rectangle("\"no\"", 0))),
                task(
                        3,
                        "c.jpg",
                        annotation("", rectangle("\"first\"", 0)),
                        annotation("\"ground_truth\": true, ", rectangle("\"truth\"", 0))));
        Loaded loaded = folder.read(Format.LABELSTUDIO);
        assertThat(loaded.dataset().categories())
                .extracting(each -> each.name())
                .containsExactly("truth");
        assertThat(loaded.dataset().samples()).hasSize(1);
        assertThat(loaded.lint().count(Problem.NOT_ANNOTATED)).isEqualTo(2);
        assertThat(loaded.lint().count(Problem.SEVERAL_ANNOTATIONS)).isEqualTo(1);
    }

    @Test
    void jsonMinIsFlat() {
        folder.image("images/b.jpg");
        folder.text(
                "min.json",
                "[{\"image\": \"/data/upload/1/a.jpg\", \"id\": 1, \"label\": [{\"x\": 10, \"y\": 25, \"width\": 20,",
                "\"height\": 50, \"rotation\": 0, \"rectanglelabels\": [\"dog\"], \"original_width\": 100,",
                "\"original_height\": 80}], \"annotator\": 1, \"annotation_id\": 4, \"created_at\": \"2026\"},",
                "{\"image\": \"b.jpg\", \"id\": 2, \"annotator\": 1, \"annotation_id\": 5}]");
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(boxes(loaded.dataset())).containsExactly(new Box(10, 20, 30, 60));
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.NO_OBJECTS, 1L));
    }

    @Test
    void whatIsNoNumberIsRefusedAndALabelNeedsNoList() {
        String annotation = annotation("", rectangle("\"dog\"", 0));
        export(task(1, "a.jpg", annotation.replace("[\"dog\"]", "\"dog\"")));
        assertThat(folder.read(Format.LABELSTUDIO).dataset().categories())
                .extracting(category -> category.name())
                .containsExactly("dog");
        export(task(1, "a.jpg", annotation.replaceFirst("\"x\": [0-9.]+", "\"x\": \"ten\"")));
        assertThatThrownBy(() -> folder.read(Format.LABELSTUDIO))
                .hasMessageContaining("x: expected a number, found \"ten\"");
    }

    @Test
    void anImageThatWasTurnedIsRefused() {
        export(task(1, "a.jpg", annotation("", rectangle("\"dog\"", 0).replace("rotation\": 0,", "rotation\": 90,"))));
        assertThatThrownBy(() -> folder.read(Format.LABELSTUDIO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("image_rotation 90.0: the image was turned while it was annotated");
    }
}
