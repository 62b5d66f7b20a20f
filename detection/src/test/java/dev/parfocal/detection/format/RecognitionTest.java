package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format a data set is taken for when none is named. */
class RecognitionTest {

    private static final String COCO = "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"annotations\": [], "
            + "\"categories\": [{\"id\": 1, \"name\": \"cat\"}]}";
    private static final String VOC = "<annotation><object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin>"
            + "<xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>";

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.image("images/a.jpg");
    }

    private void write(String kind, String name) {
        switch (kind) {
            case "coco" -> folder.text(name, COCO);
            case "voc" -> folder.text(name, VOC);
            case "yaml" -> folder.text(name, "names: [cat]");
            case "classes" -> {
                folder.text(name, "cat");
                folder.text("labels/a.txt", "0 .5 .5 .2 .2");
            }
            case "cvat" ->
                folder.text(
                        name,
                        "<annotations><image id='0' name='a.jpg'><box label='cat' xtl='1' ytl='1' xbr='9' ybr='9'/>"
                                + "</image></annotations>");
            case "labelstudio" ->
                folder.text(
                        name, "[{\"id\": 1, \"data\": {\"image\": \"a.jpg\"}, \"annotations\": [{\"result\": []}]}]");
            case "vott" ->
                folder.text(
                        name,
                        "{\"name\": \"p\", \"tags\": [{\"name\": \"cat\"}], \"assets\": {\"0\": "
                                + "{\"asset\": {\"name\": \"a.jpg\"}, \"regions\": []}}}");
            default -> folder.text(name, kind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "coco,        annotations/instances_train.json, coco",
        "coco,        _annotations.coco.json,           coco",
        "voc,         Annotations/a.xml,                voc",
        "voc,         images/a.xml,                     voc",
        "yaml,        data.yaml,                        yolo",
        "yaml,        coins.yml,                        yolo",
        "classes,     classes.txt,                      yolo",
        "cvat,        annotations.xml,                  cvat",
        "labelstudio, project-1.json,                   labelstudio",
        "vott,        p-export.json,                    vott"
    })
    void aFolderIsTakenForWhatItsFilesAre(String kind, String name, String format) {
        write(kind, name);
        Recognition.Found found = Recognition.of(root);
        assertThat(found.path()).isEqualTo(root);
        assertThat(found.fit().format()).hasToString(format);
        assertThat(found.fit().by()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"coco, train.json", "yaml, set.yaml", "cvat, annotations.xml", "labelstudio, min.json", "vott, x.json"})
    void aFileIsTakenForWhatItIs(String kind, String name) {
        write(kind, name);
        assertThat(Recognition.of(root.resolve(name)).fit().by()).isEqualTo(name);
    }

    @Test
    void aFolderWithOneDataSetInItStandsForIt() {
        write("yaml", "set/data.yaml");
        assertThat(Recognition.of(root).path()).isEqualTo(root.resolve("set"));
        write("yaml", "other/data.yaml");
        assertThatThrownBy(() -> Recognition.of(root))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(root + ": several data sets; name one of them: " + root.resolve("other") + " (yolo), "
                        + root.resolve("set") + " (yolo)");
    }

    @Test
    void whereSeveralFitTheUserChooses() {
        write("coco", "train.json");
        write("yaml", "data.yaml");
        assertThatThrownBy(() -> folder.read(Format.AUTO))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(root + ": fits coco (train.json) and yolo (data.yaml); choose with --format coco or "
                        + "--format yolo");
        assertThat(folder.read(Format.COCO).fit()).isEqualTo(new Fit(Format.COCO, "as --format says"));
    }

    /** labelImg leaves the list of its classes beside Pascal VOC annotations, too. */
    @Test
    void classNamesWithoutLabelsAreNoDataSet() {
        write("voc", "images/a.xml");
        folder.text("classes.txt", "cat");
        assertThat(Recognition.of(root).fit().format()).isEqualTo(Format.VOC);
    }

    @Test
    void whatIsBrokenIsToldOfByItsReader() {
        folder.text("train.json", "{\"images\": [");
        assertThatThrownBy(() -> folder.read(Format.AUTO)).hasMessageContaining("train.json: line 2");
        folder.text("train.json", "{\"images\": [}");
        assertThatThrownBy(() -> folder.read(Format.AUTO))
                .hasMessageEndingWith(
                        "train.json: line 1, column 13: not JSON: Unexpected close marker '}': expected ']'");
        folder.root().resolve("train.json").toFile().delete();
        Path xml = folder.bytes("annotations/a.xml", new byte[0]);
        assertThatThrownBy(() -> folder.read(Format.AUTO)).hasMessageStartingWith(xml + ": ");
    }

    @Test
    void labelsWithoutClassNamesAreToldOf() {
        folder.text("labels/a.txt", "0 .5 .5 .2 .2");
        assertThatThrownBy(() -> folder.read(Format.AUTO)).hasMessageStartingWith(root + ": no class names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "[]", "[{\"image_id\": 1}]", "<svg/>"})
    void whatIsNoDataSetIsRefused(String content) {
        String ending = content.startsWith("<") ? "xml" : content.startsWith("[") ? "json" : "csv";
        folder.text("x." + ending, content);
        assertThatThrownBy(() -> folder.read(Format.AUTO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(root + ": no data set is recognised here; expected one of: COCO");
    }

    @Test
    void anArchiveIsToBeUnpacked() {
        Path zip = folder.text("set.zip", "PK");
        assertThatThrownBy(() -> DatasetReader.read(zip, Format.AUTO, false))
                .hasMessage(zip + ": an archive; unpack it, and name the folder");
    }
}
