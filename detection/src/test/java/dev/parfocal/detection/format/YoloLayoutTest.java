package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where YOLO's images and labels are found, for each way in which tools lay them out. */
class YoloLayoutTest {

    private static final String OBJECT = "0 0.5 0.5 0.2 0.5";

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.text("classes.txt", "cat");
    }

    private void labelled(String image, String label) {
        folder.image(image);
        folder.text(label, OBJECT);
    }

    private static Map<String, List<String>> splits(Dataset data) {
        Map<String, List<String>> splits = new TreeMap<>();
        data.splits().keySet().forEach(split -> splits.put(split, names(data.split(split))));
        return splits;
    }

    private static List<String> names(Dataset data) {
        return data.samples().stream()
                .map(sample -> sample.file().getFileName().toString())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./images/%s.png", "images/%s.png", "images\\%s.png", "/elsewhere/set/images/%s.png"})
    void aPartMayBeAListOfImages(String line) {
        for (String name : List.of("a", "b", "c")) {
            labelled("images/" + name + ".png", "labels/" + name + ".txt");
        }
        folder.text("data.yaml", "train: [lists/train.txt]", "val: lists/val.txt", "names: [cat]");
        folder.text("lists/train.txt", line.formatted("a"), "", line.formatted("c"), line.formatted("gone"));
        folder.text("lists/val.txt", line.formatted("b"));
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(splits(loaded.dataset()))
                .isEqualTo(Map.of("train", List.of("a.png", "c.png"), "val", List.of("b.png")));
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.MISSING_IMAGE, 1L));
        assertThat(DataFolder.first(loaded, Problem.MISSING_IMAGE)).startsWith("train.txt, line 4: ");
        assertThat(loaded.dataset().objects()).isEqualTo(3);
    }

    @Test
    void listsBesideTheNamesArePartsToo() {
        labelled("images/a.png", "labels/a.txt");
        labelled("images/b.png", "labels/b.txt");
        folder.text("train.txt", "images/b.png");
        folder.text("valid.txt", "images/a.png");
        assertThat(splits(folder.read(Format.YOLO).dataset()))
                .isEqualTo(Map.of("train", List.of("b.png"), "val", List.of("a.png")));
    }

    @Test
    void darknetsFilesTell() {
        root.resolve("classes.txt").toFile().delete();
        folder.text("obj.data", "classes = 1", "train = data/train.txt", "names = data/obj.names", "backup = backup/");
        folder.text("obj.names", "cat");
        folder.text("train.txt", "data/obj_train_data/a.png");
        labelled("obj_train_data/a.png", "obj_train_data/a.txt");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(splits(loaded.dataset())).isEqualTo(Map.of("train", List.of("a.png")));
        assertThat(loaded.dataset().objects()).isEqualTo(1);
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "images/a.jpg,    labels/a.txt",
        "images/a.jpg,    images/a.txt",
        "images/a.jpg,    labels/a.TXT",
        "a.jpg,           a.txt",
        "photos/a.jpg,    photos/a.txt",
        "images/x/y/a.jpg, labels/x/y/a.txt",
        "set/images/a.jpg, set/labels/a.txt"
    })
    void aLabelFileIsFound(String image, String label) {
        labelled(image, label);
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(loaded.dataset().objects()).isEqualTo(1);
        assertThat(loaded.dataset().splits()).isEmpty();
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @Test
    void aFolderIsReadWithAllBelowIt() {
        folder.text("data.yaml", "train: images", "names: [cat]");
        labelled("images/night/1.jpg", "labels/night/1.txt");
        folder.image("images/day/1.jpg");
        folder.text("images/.ipynb_checkpoints/1.jpg", "no image");
        folder.text("labels/night/._1.txt", "no label");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(loaded.dataset().split("train").samples()).hasSize(2);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.NO_OBJECTS, 1L));
    }

    @Test
    void twoLabelFilesOfOneImageAreTold() {
        labelled("images/a.jpg", "labels/a.txt");
        folder.text("images/a.txt", OBJECT, OBJECT);
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(loaded.dataset().objects()).isEqualTo(1);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.UNKNOWN_IMAGE, 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "train: images/trian, train: images/trian",
        "'train: images/train\nval: images/vall', val: images/vall",
        "'train: images/train\nvalid: nothing', val: nothing",
        "'train: images/train\nval: lists/val.txt', val: lists/val.txt"
    })
    void aPartThatIsNamedMustBeThere(String parts, String named) {
        labelled("images/train/a.jpg", "labels/train/a.txt");
        root.resolve("nothing").toFile().mkdirs();
        Path yaml = folder.text("data.yaml", parts, "names: [cat]");
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(yaml + ": names " + named + ", which ")
                .hasMessageEndingWith("; correct or remove that line");
    }

    @Test
    void aTestPartThatWasNotExportedIsTold() {
        labelled("train/images/a.jpg", "train/labels/a.txt");
        folder.text("data.yaml", "train: ../train/images", "test: ../test/images", "names: [cat]");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(splits(loaded.dataset())).containsOnlyKeys("train");
        assertThat(DataFolder.first(loaded, Problem.MISSING_PART))
                .isEqualTo("data.yaml: test: ../test/images, which is not there");
    }

    @Test
    void imagesInNoPartAreTold() {
        labelled("images/train/a.jpg", "labels/train/a.txt");
        labelled("images/b.jpg", "labels/b.txt");
        Loaded loaded = folder.read(Format.YOLO);
        assertThat(splits(loaded.dataset())).isEqualTo(Map.of("train", List.of("a.jpg")));
        assertThat(DataFolder.first(loaded, Problem.IN_NO_SPLIT)).isEqualTo("splits [train]: b.jpg");
    }

    @Test
    void theDescriptionMayBeNamedInsteadOfTheFolder() {
        labelled("images/train/a.jpg", "labels/train/a.txt");
        Path one = folder.text("one.yaml", "train: images/train", "names: [cat]");
        folder.text("two.yaml", "train: images/train", "names: [dog]");
        assertThat(DatasetReader.read(one, Format.YOLO, false).dataset().categories())
                .containsExactly(new Category(1, "cat"));
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageContaining("which of these describes the data set?");
    }

    /** Keypoints come after the box; without kpt_shape the same line is a polygon, as Ultralytics has it. */
    @Test
    void keypointsAreNoPolygon() {
        folder.image("images/a.jpg");
        folder.text("labels/a.txt", "0 0.5 0.5 0.2 0.5 0.1 0.1 0.9 0.9", OBJECT.replace("0.2", "0.4"));
        Dataset polygon = folder.read(Format.YOLO).dataset();
        assertThat(polygon.samples().get(0).annotations().get(0).box()).isEqualTo(new Box(10, 8, 90, 72));
        folder.text("data.yaml", "train: images", "kpt_shape: [2, 2]", "names: [cat]");
        Dataset keypoints = folder.read(Format.YOLO).dataset();
        assertThat(keypoints.samples().get(0).annotations())
                .extracting(Annotation::box)
                .containsExactly(new Box(40, 20, 60, 60), new Box(30, 20, 70, 60));
        folder.text("data.yaml", "train: images", "kpt_shape: [2, 3]", "names: [cat]");
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageEndingWith(
                        "a.txt: line 1: kpt_shape in data.yaml asks for 11 values (class, box, keypoints), found 9");
        folder.text("data.yaml", "train: images", "kpt_shape: 17", "names: [cat]");
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageContaining("kpt_shape must be [points, 2] or [points, 3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,0.5,0.5,0.2,0.5", "0 0,5 0,5 0,2 0,5", "0;0.5;0.5;0.2;0.5"})
    void commasAreNamed(String line) {
        folder.image("images/a.jpg");
        folder.text("labels/a.txt", line);
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageContaining("a.txt: line 1: '")
                .hasMessageEndingWith("has commas; values are separated by blanks, decimals by points");
    }

    @Test
    void theCountOfClassesMustAgreeWithTheirNames() {
        labelled("images/a.jpg", "labels/a.txt");
        folder.text("data.yaml", "train: images", "nc: 2", "names: [cat]");
        assertThatThrownBy(() -> folder.read(Format.YOLO))
                .hasMessageEndingWith("data.yaml: nc says 2 classes, names has 1; make them agree");
    }
}
