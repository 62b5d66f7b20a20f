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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VoTT's exports: JSON, CSV, and Pascal VOC, whose parts are told by lists of classes alone. */
class VottReaderTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
    }

    private static String asset(String id, String name, int state, String... regions) {
        return "\"" + id + "\": {\"asset\": {\"format\": \"jpg\", \"id\": \"" + id + "\", \"name\": \"" + name
                + "\", \"path\": \"file:C:/Users/x/" + name.replace(" ", "%20")
                + "\", \"size\": {\"width\": 100, \"height\": 80}, \"state\": " + state
                + ", \"type\": 1}, \"regions\": [" + String.join(", ", regions) + "], \"version\": \"2.2.0\"}";
    }

    private static String region(String type, String tags) {
        return "{\"id\": \"r\", \"type\": \"" + type + "\", \"tags\": [" + tags
                + "], \"boundingBox\": {\"height\": 30.5, \"width\": 20, \"left\": 10, \"top\": 5}, "
                + "\"points\": [{\"x\": 10, \"y\": 5}, {\"x\": 30, \"y\": 35.5}]}";
    }

    private static List<Box> boxes(Dataset data) {
        return data.samples().stream()
                .flatMap(sample -> sample.annotations().stream())
                .map(Annotation::box)
                .toList();
    }

    @Test
    void json() {
        folder.image("vott-json-export/a b.jpg");
        folder.image("vott-json-export/b.jpg");
        folder.text(
                "vott-json-export/pets-export.json",
                "{\"name\": \"pets\", \"assets\": {"
                        + String.join(
                                ",\n",
                                asset(
                                        "0f",
                                        "a b.jpg",
                                        2,
                                        region("RECTANGLE", "\"dog\""),
                                        region("POLYGON", "\"cat\""),
                                        region("POINT", "\"cat\"")),
                                asset("1f", "b.jpg", 1),
                                asset("2f", "c.jpg", 0)),
                "}, \"tags\": [{\"name\": \"dog\", \"color\": \"#fff\"}, {\"name\": \"cat\"}]}");
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(loaded.fit()).isEqualTo(new Fit(Format.VOTT, "vott-json-export/pets-export.json"));
        assertThat(loaded.dataset().categories()).containsExactly(new Category(1, "dog"), new Category(2, "cat"));
        assertThat(boxes(loaded.dataset())).containsExactly(new Box(10, 5, 30, 35.5), new Box(10, 5, 30, 35.5));
        assertThat(DataFolder.found(loaded))
                .isEqualTo(Map.of(
                        Problem.AROUND_SHAPE, 1L,
                        Problem.OTHER_SHAPE, 1L,
                        Problem.NOT_ANNOTATED, 1L,
                        Problem.NO_OBJECTS, 1L));
    }

    @Test
    void csv() {
        folder.image("a.jpg");
        folder.image("b.jpg");
        folder.text(
                "pets-export.csv",
                "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"",
                "\"a.jpg\",10.5,5,30,35,\"dog, big\"",
                "\"a.jpg\",1,2,3,4,\"cat\"");
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(loaded.fit().format()).isEqualTo(Format.VOTT);
        assertThat(boxes(loaded.dataset())).containsExactly(new Box(10.5, 5, 30, 35), new Box(1, 2, 3, 4));
        assertThat(loaded.dataset().categories()).extracting(Category::name).containsExactly("cat", "dog, big");
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.NO_ANNOTATION_FILE, 1L));
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        Path csv = folder.text("p-export.csv", "image,xmin,ymin,xmax,ymax,label", "a.jpg,1,2,x,4,cat");
        assertThatThrownBy(() -> folder.read(Format.VOTT))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(csv + ": line 2: xmax must be a number, not 'x'");
        folder.text("p-export.csv", "image,xmin,ymin,xmax,ymax,label", "a.jpg,1,2");
        assertThatThrownBy(() -> folder.read(Format.VOTT)).hasMessage(csv + ": line 2: 3 cells, where there are 6");
        folder.text("p-export.csv", "image,xmin,ymin,xmax,ymax,label", "\"a\".jpg,1,2,3,4,cat");
        assertThatThrownBy(() -> folder.read(Format.VOTT))
                .hasMessageStartingWith(csv + ", line 2: not well-formed CSV: ")
                .hasMessageNotContaining("xception");
    }

    /** Each image is in the lists of all classes, with 1 or -1. */
    @Test
    void pascalVocPartsAreThoseOfTheListsOfClasses() {
        for (String name : List.of("a", "b")) {
            folder.image("p-PascalVOC-export/JPEGImages/" + name + ".jpg");
            folder.text(
                    "p-PascalVOC-export/Annotations/" + name + ".xml",
                    "<annotation verified=\"yes\"><object><name>cat</name><bndbox><xmin>1.5</xmin><ymin>1</ymin>"
                            + "<xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>");
        }
        folder.text("p-PascalVOC-export/pascal_label_map.pbtxt", "item {", " id: 1", " name: 'cat'", "}");
        folder.text("p-PascalVOC-export/ImageSets/Main/cat_train.txt", "a.jpg 1");
        folder.text("p-PascalVOC-export/ImageSets/Main/cat_val.txt", "b.jpg 1");
        folder.text("p-PascalVOC-export/ImageSets/Main/big_dog_val.txt", "b.jpg -1");
        Dataset data = folder.read(Format.AUTO).dataset();
        assertThat(data.splits()).isEqualTo(Map.of("train", List.of(1L), "val", List.of(2L)));
    }
}
