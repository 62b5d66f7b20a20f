package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoWriter;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.lint.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoReaderTest {

    private static final String CATEGORIES =
            "\"categories\": [{\"id\": 7, \"name\": \"cat\"}, {\"id\": 3, \"name\": \"dog\"}]";
    private static final String GOOD = "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [10, 20, 30, 40]}";

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.image("images/a.jpg");
    }

    private static String coco(String images, String annotations) {
        return "{\"images\": [" + images + "], \"annotations\": [" + annotations + "], " + CATEGORIES + "}";
    }

    private static String image(int id, String name) {
        return "{\"id\": " + id + ", \"file_name\": \"" + name + "\", \"width\": 100, \"height\": 80}";
    }

    private Loaded load(String images, String annotations) {
        folder.text("annotations/train.json", coco(images, annotations));
        return folder.read(Format.COCO);
    }

    @Test
    void readsImagesObjectsAndCategories() {
        String crowd = "{\"image_id\": 1, \"category_id\": 3, \"bbox\": [0, 0, 5, 5], \"iscrowd\": 1, \"area\": 17.5}";
        Loaded loaded = load(image(1, "a.jpg"), GOOD + ", " + crowd);
        Dataset data = loaded.dataset();
        assertThat(DataFolder.found(loaded)).isEmpty();
        assertThat(data.categories()).containsExactly(new Category(3, "dog"), new Category(7, "cat"));
        assertThat(data.splits()).isEqualTo(Map.of("train", List.of(1L)));
        assertThat(data.samples())
                .containsExactly(new Sample(
                        1,
                        root.resolve("images/a.jpg"),
                        100,
                        80,
                        List.of(
                                Annotation.of(new Box(10, 20, 40, 60), 1),
                                new Annotation(new Box(0, 0, 5, 5), 0, true, 17.5))));
    }

    @Test
    void whatIsWrittenReadsBackExactly() {
        SplittableRandom random = new SplittableRandom(5);
        Annotation[] annotations = new Annotation[200];
        for (int i = 0; i < annotations.length; i++) {
            float x = random.nextFloat(0, 90);
            float y = random.nextFloat(0, 70);
            Box box = new Box(x, y, random.nextFloat(x + 1, 100), random.nextFloat(y + 1, 80));
            annotations[i] = new Annotation(box, i % 2, i % 5 == 0, random.nextDouble(1, 900));
        }
        Path other = folder.image("elsewhere/b \"ö\".png");
        Dataset data = new Dataset(
                "written",
                List.of(new Category(3, "dog"), new Category(9, "größe \"x\"")),
                List.of(
                        new Sample(4, root.resolve("images/a.jpg"), 100, 80, List.of(annotations)),
                        new Sample(1L << 40, other, 100, 80, List.of(annotations[3]))),
                Map.of());
        Path json = root.resolve("out").resolve("all.json");
        CocoWriter.write(json, data, root.resolve("images"));
        Loaded loaded = DatasetReader.read(json, Format.COCO, true);
        assertThat(DataFolder.found(loaded)).isEmpty();
        assertThat(loaded.dataset().categories()).isEqualTo(data.categories());
        assertThat(loaded.dataset().samples()).isEqualTo(data.samples());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NON_FINITE_BOX   | 1 | 7 | [NaN, 1, 2, 3]     | box NaN 1 NaN 4
            NON_FINITE_BOX   | 1 | 7 | null               | box NaN NaN NaN NaN
            NON_FINITE_BOX   | 1 | 7 | []                 | box NaN NaN NaN NaN
            NON_FINITE_BOX   | 1 | 7 | [1, 1, Infinity, 3] | box 1 1 Infinity 4
            DEGENERATE_BOX   | 1 | 7 | [5, 5, 0, 9]       | box 5 5 5 14
            DEGENERATE_BOX   | 1 | 7 | [5, 5, 9, -2.5]    | box 5 5 14 2.5
            BOX_OUTSIDE      | 1 | 7 | [200, 5, 9, 9]     | box 200 5 209 14
            UNKNOWN_CATEGORY | 1 | 8 | [1, 1, 5, 5]       | category 8
            DUPLICATE_OBJECT | 1 | 7 | [10, 20, 30, 40]   | box 10 20 40 60
            UNKNOWN_IMAGE    | 5 | 7 | [1, 1, 5, 5]       | image 5
            """)
    void aBadObjectIsSkippedCountedAndRefusedWhenStrict(
            Problem problem, int image, int category, String box, String detail) {
        String bad = "{\"image_id\": " + image + ", \"category_id\": " + category + ", \"bbox\": " + box + "}";
        Loaded loaded = load(image(1, "a.jpg"), GOOD + ", " + bad);
        assertThat(loaded.dataset().objects()).isEqualTo(1);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(problem, 1L));
        assertThat(loaded.lint().defects()).isEqualTo(1);
        assertThat(DataFolder.first(loaded, problem)).contains("annotations[1]").endsWith(": " + detail);
        assertThatThrownBy(() -> DatasetReader.read(root, Format.COCO, true))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(root + ": strict reading refuses this data set: " + problem.words(1))
                .hasMessageEndingWith(": " + detail);
    }

    @Test
    void aBoxThatReachesOutIsClippedAndAPixelIsForgiven() {
        String over = "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [-4, 70, 30, 40]}";
        String little = "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [90, 70, 11, 11]}";
        Loaded loaded = load(image(1, "a.jpg"), over + ", " + little);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.BOX_CROSSES_EDGE, 1L));
        assertThat(loaded.dataset().samples().get(0).annotations())
                .extracting(Annotation::box)
                .containsExactly(new Box(0, 70, 26, 80), new Box(90, 70, 100, 80));
    }

    @Test
    void aBadImageIsSkippedAndCounted() {
        folder.truncatedImage("images/cut.jpg");
        folder.truncatedImage("images/cut.png");
        folder.text("images/text.jpg", "no image at all");
        folder.image("images/b.png");
        String images = String.join(
                ", ",
                image(1, "a.jpg"),
                image(2, "cut.jpg"),
                image(3, "cut.png"),
                image(4, "text.jpg"),
                image(5, "gone.jpg"),
                image(6, "a.jpg"),
                image(1, "b.png"),
                "{\"id\": 8}",
                "{\"id\": 9, \"file_name\": \"b.png\", \"width\": 640, \"height\": 80}");
        Loaded loaded = load(images, GOOD);
        assertThat(loaded.dataset().samples()).extracting(Sample::id).containsExactly(1L, 9L);
        assertThat(loaded.dataset().splits()).isEqualTo(Map.of("train", List.of(1L, 9L)));
        assertThat(DataFolder.found(loaded))
                .isEqualTo(Map.of(
                        Problem.UNREADABLE_IMAGE, 3L,
                        Problem.MISSING_IMAGE, 2L,
                        Problem.DUPLICATE_IMAGE, 2L,
                        Problem.SIZE_MISMATCH, 1L,
                        Problem.NO_OBJECTS, 1L));
        assertThat(DataFolder.first(loaded, Problem.UNREADABLE_IMAGE)).endsWith("the JPEG file is cut off");
        assertThat(DataFolder.first(loaded, Problem.SIZE_MISMATCH))
                .isEqualTo("train.json, images[8] (id 9): says 640 × 80, the file has 100 × 80");
        assertThat(loaded.lint().defects()).isEqualTo(8);
        assertThat(loaded.lint().lines()).hasSize(6);
        assertThat(loaded.lint().defectLines()).hasSize(4);
    }

    @Test
    void imagesWithoutObjectsAreNoDefect() {
        load(image(1, "a.jpg"), "");
        Loaded strict = DatasetReader.read(root, Format.COCO, true);
        assertThat(DataFolder.found(strict)).isEqualTo(Map.of(Problem.NO_OBJECTS, 1L));
    }

    @Test
    void partsWithClashingIdsAreRenumbered() {
        folder.image("images/b.jpg");
        folder.text("annotations/instances_train2017.json", coco(image(1, "a.jpg"), GOOD));
        folder.text("annotations/instances_val2017.json", coco(image(1, "b.jpg"), GOOD));
        Loaded loaded = folder.read(Format.COCO);
        assertThat(loaded.dataset().splits()).isEqualTo(Map.of("train", List.of(1L), "val", List.of(2L)));
        assertThat(loaded.dataset().split("val").samples().get(0).source()).isEqualTo(RecordId.of(1));
        assertThat(loaded.dataset().split("val").samples().get(0).annotations()).hasSize(1);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.RENUMBERED_IMAGE, 1L));
    }

    @Test
    void anUnknownSplitIsNamedWithThoseThereAre() {
        Dataset data = load(image(1, "a.jpg"), GOOD).dataset();
        assertThatThrownBy(() -> data.split("nightly"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("data set " + root + " has no split 'nightly': it has train");
    }

    @Test
    void aDataSetWithoutUsableImagesIsRefused() {
        assertThatThrownBy(() -> load("", ""))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(root + ": the data set is empty, no image can be used: it lists no images");
        assertThatThrownBy(() -> load(image(1, "gone.jpg"), ""))
                .hasMessageStartingWith(root + ": the data set is empty, no image can be used: 1 image file that does");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 60, 75, 80, 95, 140, 180, 200, 218})
    void aFileCutOffInTheMiddleSaysSo(int length) {
        String whole = coco(image(1, "a.jpg"), GOOD);
        Path json = folder.bytes(
                "annotations/train.json", whole.substring(0, length).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> folder.read(Format.COCO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(json + ": line ")
                .hasMessageEndingWith(": the JSON ends in the middle; the file is cut off, get it again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                      | line 1, column 1: a list, where an annotation file is an object
            {"images": 3}                           | line 1, column 12: images: expected a list, found 3
            {"annotations": []}                     | no "images" list; a COCO annotation file has images, annotations and categories
            {"images": [{"id": true}]}              | images[0].id: expected a whole number or a text for id, found true
            {"images": [{"id": 1.5}]}               | images[0].id: expected a whole number, found 1.5
            {"images": [{"file_name": "a.jpg"}]}    | images[0]: no "id" in this record
            {"images": [{"id": 1, "file_name": 4}]} | images[0].file_name: expected a text in quotes, found 4
            {"annotations": [{}, {"bbox": 4}]}      | annotations[0]: no "image_id" in this record
            {"annotations": [{"bbox": [1, 2, 3]}]}  | annotations[0].bbox: a box is [x, y, width, height]; this one has 3 numbers
            {"annotations": [{"bbox": [1, 2, 3, "4"]}]} | annotations[0].bbox[3]: expected a number, found "4"
            {"annotations": [{"bbox": 4}]}          | annotations[0].bbox: expected a list, found 4
            {"images": [], "images": []}            | images: a second "images"; put both lists into one
            {"images": [}                           | not JSON: Unexpected close marker '}'
            hello                                   | not JSON: Unrecognized token 'hello'
            """)
    void wrongTypesAreNamedWithTheirPlace(String content, String message) {
        Path json = folder.text("bad.json", content);
        assertThatThrownBy(() -> DatasetReader.read(json, Format.COCO, false))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(json + ": line 1, column ")
                .hasMessageContaining(message);
    }

    @Test
    void missingFilesAreNamed() {
        Path gone = root.resolve("gone");
        assertThatThrownBy(() -> DatasetReader.read(gone, Format.COCO, false))
                .hasMessage(gone + ": there is no such file or folder");
        assertThatThrownBy(() -> folder.read(Format.COCO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(root + ": no COCO annotation file; expected annotations/*.json");
    }

    @Test
    void theTruthIsReadAsItStands() {
        String odd = "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [-5, 5, 500, 0]}";
        String lost = "{\"image_id\": 2, \"category_id\": 7, \"bbox\": [1, 1, 5, 5]}";
        Path json = folder.text("gt.json", coco(image(1, "gone.jpg"), GOOD + ", " + odd + ", " + lost));
        Dataset truth = DatasetReader.readTruth(json);
        assertThat(truth.samples().get(0).annotations())
                .extracting(Annotation::box)
                .containsExactly(new Box(10, 20, 40, 60), new Box(-5, 5, 495, 5));
        Path empty = folder.text("empty.json", "{\"images\": []}");
        assertThatThrownBy(() -> DatasetReader.readTruth(empty))
                .hasMessage(empty + ": nothing to score against: the file lists 0 images and 0 categories");
    }
}
