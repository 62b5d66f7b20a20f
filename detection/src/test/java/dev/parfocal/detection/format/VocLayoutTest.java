package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
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

/** Where Pascal VOC's annotations, images and lists are found, for each way in which tools lay them out. */
class VocLayoutTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
    }

    private void pair(String image, String annotation) {
        folder.image(image);
        annotation(annotation, "");
    }

    private void annotation(String file, String difficult) {
        folder.text(
                file,
                "<annotation><object><name>cat</name>" + difficult
                        + "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax>"
                        + "<ymax>9</ymax></bndbox></object></annotation>");
    }

    private static List<String> names(Dataset data) {
        return data.samples().stream()
                .map(sample -> sample.file().getFileName().toString())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "JPEGImages/a.jpg, Annotations/a.xml",
        "images/a.png, annotations/a.xml",
        "images/a.png, annotations/xmls/a.xml",
        "a.jpg, a.xml",
        "VOCdevkit/VOC2012/JPEGImages/a.jpg, VOCdevkit/VOC2012/Annotations/a.xml",
        "pets/images/a.jpg, pets/annotations/a.xml"
    })
    void anImageIsFoundWithItsAnnotation(String image, String annotation) {
        pair(image, annotation);
        Loaded loaded = folder.read(Format.VOC);
        assertThat(loaded.dataset().objects()).isEqualTo(1);
        assertThat(loaded.dataset().splits()).isEmpty();
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @Test
    void aFolderForEachPart() {
        pair("train/a.jpg", "train/a.xml");
        pair("train/b.jpg", "train/b.xml");
        pair("valid/a.jpg", "valid/a.xml");
        Dataset data = folder.read(Format.VOC).dataset();
        assertThat(data.splits()).containsOnlyKeys("train", "val");
        assertThat(names(data.split("train"))).containsExactly("a.jpg", "b.jpg");
        assertThat(data.split("val").samples().get(0).file()).isEqualTo(root.resolve("valid/a.jpg"));
    }

    /** "shot 1" is a name, "a  1" a line of the list of one class: what is an image decides. */
    @Test
    void namesMayHaveBlanks() {
        for (String stem : List.of("shot 1", "shot -1", "a", "b")) {
            pair("JPEGImages/" + stem + ".jpg", "Annotations/" + stem + ".xml");
        }
        folder.text("ImageSets/Main/train.txt", "shot 1", "a");
        folder.text("ImageSets/Main/val.txt", "shot -1");
        folder.text("ImageSets/Main/cat_val.txt", "a  1", "b -1", "shot 1  0");
        Dataset data = folder.read(Format.VOC).dataset();
        assertThat(data.splits()).containsOnlyKeys("train", "val");
        assertThat(names(data.split("train"))).containsExactly("a.jpg", "shot 1.jpg");
        assertThat(names(data.split("val"))).containsExactly("shot -1.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.jpg", "JPEGImages/a.jpg", "\uFEFFa", "set\\a.jpg"})
    void aListNamesImagesAsToolsWriteThem(String line) {
        pair("JPEGImages/a.jpg", "Annotations/a.xml");
        pair("JPEGImages/b.jpg", "Annotations/b.xml");
        folder.text("ImageSets/Main/train.txt", line);
        folder.text("ImageSets/Main/val.txt", "b");
        Loaded loaded = folder.read(Format.VOC);
        assertThat(names(loaded.dataset().split("train"))).containsExactly("a.jpg");
        assertThat(DataFolder.found(loaded)).isEmpty();
    }

    @Test
    void aListWithoutUsableImagesIsAPartAllTheSame() {
        pair("JPEGImages/a.jpg", "Annotations/a.xml");
        folder.text("ImageSets/Main/train.txt", "a");
        folder.text("ImageSets/Main/val.txt", "");
        assertThat(folder.read(Format.VOC).dataset().splits())
                .isEqualTo(Map.of("train", List.of(1L), "val", List.of()));
    }

    @Test
    void whatSystemsLeaveBehindIsNotThere() {
        pair("JPEGImages/a.jpg", "Annotations/a.xml");
        folder.text("Annotations/._a.xml", "\0\5\26");
        folder.text("__MACOSX/Annotations/b.xml", "\0\5\26");
        folder.text("JPEGImages/._a.jpg", "\0\5\26");
        folder.text("Annotations/notes.xml", "<notes/>");
        Loaded loaded = folder.read(Format.VOC);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.UNUSED_FILE, 1L));
        assertThat(DataFolder.first(loaded, Problem.UNUSED_FILE))
                .isEqualTo("notes.xml: not a Pascal VOC annotation: <notes>");
    }

    @ParameterizedTest
    @CsvSource({"1,true", "true,true", "Yes,true", "0,false", "False,false", "Unspecified,false", "'',false"})
    void difficultIsReadInItsSpellings(String text, boolean crowd) {
        folder.image("JPEGImages/a.jpg");
        annotation("Annotations/a.xml", "<difficult>" + text + "</difficult>");
        Dataset data = folder.read(Format.VOC).dataset();
        assertThat(data.samples().get(0).annotations().get(0).crowd()).isEqualTo(crowd);
    }

    @Test
    void anotherWordForDifficultIsRefused() {
        folder.image("JPEGImages/a.jpg");
        annotation("Annotations/a.xml", "<difficult>maybe</difficult>");
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("a.xml: line 1: <difficult> must be 0 or 1, not 'maybe'");
    }
}
