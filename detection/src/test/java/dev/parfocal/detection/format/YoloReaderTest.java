package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoWriter;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YoloReaderTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.image("images/train/a.jpg");
        folder.text("data.yaml", "train: images/train", "names: [cat, dog]");
    }

    @Test
    void sharesOfTheImageBecomePixels() {
        folder.text("labels/train/a.txt", "1 0.5 0.5 0.2 0.5", "0 0.1 0.1 0.3 0.1 0.3 0.4 0.2 0.5");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.AROUND_SHAPE, 1L));
        assertThat(loaded.dataset().categories()).containsExactly(new Category(1, "cat"), new Category(2, "dog"));
        assertThat(loaded.dataset().splits()).isEqualTo(Map.of("train", List.of(1L)));
        assertThat(loaded.dataset().samples().get(0).annotations())
                .containsExactly(Annotation.of(new Box(40, 20, 60, 60), 1), Annotation.of(new Box(10, 8, 30, 40), 0));
    }

    @Test
    void throughCocoItIsTheSame() {
        folder.text("labels/train/a.txt", "1 0.123456 0.5 0.2 0.3333333", "0 0.7 0.61 0.3 0.1");
        Dataset yolo = folder.read(Format.YOLO).dataset();
        Path json = root.resolve("coco.json");
        CocoWriter.write(json, yolo, root);
        Dataset coco = DatasetReader.read(json, Format.COCO, true).dataset();
        assertThat(coco.samples()).isEqualTo(yolo.samples());
        assertThat(coco.categories()).isEqualTo(yolo.categories());
    }

    @Test
    void oneFolderMayServeTwoParts() {
        folder.text("data.yaml", "train: images/train", "val: images/train", "names: {0: cat, 1: dog}");
        folder.text("labels/train/a.txt", "0 0.5 0.5 0.2 0.5");
        Dataset data = DatasetReader.read(root, Format.YOLO, true).dataset();
        assertThat(data.splits()).isEqualTo(Map.of("train", List.of(1L), "val", List.of(1L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../set", "/another/machine/set"})
    void foldersAreRelativeToTheBaseOrElseToTheDescription(String base) {
        folder.image("set/images/train/c.png");
        folder.text("set/labels/train/c.txt", "1 0.5 0.5 1 1");
        String part = base.equals("..") ? "set/images/train" : "images/train";
        folder.text("set/data.yaml", "path: " + base, "train: " + part, "names: [cat, dog]");
        Dataset data =
                DatasetReader.read(root.resolve("set"), Format.YOLO, true).dataset();
        assertThat(data.split("train").samples()).hasSize(1);
    }

    @Test
    void partsMayLieAboveTheirImages() {
        folder.image("valid/images/b.png");
        folder.text("valid/labels/b.txt", "0 0.5 0.5 1 1");
        folder.text("data.yaml", "train: ../images/train", "val: ../valid/images", "names: [cat]");
        Dataset data = folder.read(Format.YOLO).dataset();
        assertThat(data.splits()).containsOnlyKeys("train", "val");
        assertThat(data.split("val").samples().get(0).annotations())
                .containsExactly(Annotation.of(new Box(0, 0, 100, 80), 0));
    }

    @Test
    void withoutYamlTheFoldersTell() {
        root.resolve("data.yaml").toFile().delete();
        folder.text("classes.txt", "cat", "", "dog");
        folder.text("labels/train/a.txt", "1 0.5 0.5 0.2 0.5");
        Dataset data = folder.read(Format.YOLO).dataset();
        assertThat(data.categories()).extracting(Category::name).containsExactly("cat", "dog");
        assertThat(data.splits()).containsOnlyKeys("train");
    }

    @ParameterizedTest
    @CsvSource({
        "DEGENERATE_BOX,0 0.5 0.5 0 0.5",
        "NON_FINITE_BOX,0 0.5 nan 0.1 0.5",
        "BOX_OUTSIDE,0 1.5 0.5 0.1 0.5",
        "BOX_CROSSES_EDGE,0 0.9 0.5 0.4 0.5",
        "UNKNOWN_CATEGORY,7 0.9 0.5 0.1 0.5",
        "DUPLICATE_OBJECT,1 0.5 0.5 0.2 0.5"
    })
    void aBadObjectIsFound(Problem problem, String line) {
        folder.text("labels/train/a.txt", "1 0.5 0.5 0.2 0.5", line);
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(problem, 1L));
        assertThat(DataFolder.first(loaded, problem)).startsWith("a.txt, line 2: ");
    }

    @Test
    void badImagesAndLabelsWithoutImageAreFound() {
        folder.truncatedImage("images/train/cut.png");
        folder.text("labels/train/cut.txt", "1 0.5 0.5 0.2 0.5");
        folder.text("labels/train/lonely.txt", "1 0.5 0.5 0.2 0.5");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(DataFolder.found(loaded))
                .isEqualTo(Map.of(Problem.UNREADABLE_IMAGE, 1L, Problem.UNKNOWN_IMAGE, 1L, Problem.NO_OBJECTS, 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0.5 0.5 0.2       | expected 'class cx cy width height' or 'class x y x y x y …', found 4 values
            0 0.5 0.5 0.2 x     | expected a number, found 'x'
            cat 0.5 0.5 0.2 0.2 | expected a number, found 'cat'
            0.5 0.5 0.5 0.2 0.2 | the class must be a number 0, 1, 2, …, not '0.5'
            """)
    void aBadLineIsNamed(String line, String message) {
        Path file = folder.text("labels/train/a.txt", "", line);
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(file + ": line 2: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            names: [        | not YAML
            names: []       | no class names; write 'names: [first, second]' (classes.txt: one a line)
            names: {0: a, 2: b} | names: class 1 has no name; number them 0, 1, 2, …
            names: [a, null] | names: class 1 has no name
            names: {0: ''}  | names: class 0 has no name
            names: {a: 0}   | names: 'a' must be a class number
            names: [[a], b] | names: expected a text, found ["a"]
            train: images   | no class names
            """)
    void aBadDescriptionIsNamed(String content, String message) {
        Path file = folder.text("data.yaml", content);
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void whatIsMissingIsNamed() {
        root.resolve("data.yaml").toFile().delete();
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(root + ": no class names; a YOLO data set has data.yaml");
        folder.text("classes.txt", "cat");
        Path label = root.toAbsolutePath().resolve("labels/train/a.txt");
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageStartingWith("no label file for the only image; ")
                .hasMessageEndingWith(" should be " + label + " or lie beside it");
        root.resolve("images/train/a.jpg").toFile().delete();
        assertThatThrownBy(() -> folder.read(Format.YOLO)).hasMessageStartingWith(root + ": no images; ");
    }
}
