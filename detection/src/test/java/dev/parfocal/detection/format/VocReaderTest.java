package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoWriter;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocReaderTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
        folder.image("JPEGImages/a.jpg");
    }

    private static String object(String name, String x1, String y1, String x2, String y2) {
        return "<object><name>" + name + "</name><bndbox><xmin>" + x1 + "</xmin><ymin>" + y1 + "</ymin><xmax>" + x2
                + "</xmax><ymax>" + y2 + "</ymax></bndbox></object>";
    }

    private Path annotation(String stem, String... objects) {
        return folder.text(
                "Annotations/" + stem + ".xml",
                "<annotation><size><width>100</width><height>80</height></size>" + String.join("\n", objects)
                        + "</annotation>");
    }

    @Test
    void pixelsCountedFromOneBecomeEdges() {
        annotation("a", object("cat", "1", "11", "30", "80"), object("ant", "5", "5", "6", "6"));
        Loaded loaded = folder.read(Format.VOC);
        assertThat(DataFolder.found(loaded)).isEmpty();
        assertThat(loaded.dataset().categories()).containsExactly(new Category(1, "ant"), new Category(2, "cat"));
        assertThat(loaded.dataset().samples())
                .containsExactly(new Sample(
                        1,
                        root.resolve("JPEGImages/a.jpg"),
                        100,
                        80,
                        List.of(Annotation.of(new Box(0, 10, 30, 80), 1), Annotation.of(new Box(4, 4, 6, 6), 0))));
    }

    @Test
    void throughCocoItIsTheSame() {
        String hard = object("cat", "2.5", "3", "30.25", "40").replace("<name>", "<difficult>1</difficult><name>");
        annotation("a", hard, object("dog", "1", "2", "3", "4"));
        Dataset voc = folder.read(Format.VOC).dataset();
        Path json = root.resolve("coco.json");
        CocoWriter.write(json, voc, root);
        Dataset coco = DatasetReader.read(json, Format.COCO, true).dataset();
        assertThat(coco.samples()).isEqualTo(voc.samples());
        assertThat(coco.categories()).isEqualTo(voc.categories());
        assertThat(coco.samples().get(0).annotations().get(0).crowd()).isTrue();
    }

    @Test
    void partsAreReadFromTheListsOfImages() {
        for (String stem : List.of("b", "c")) {
            folder.image("JPEGImages/" + stem + ".jpg");
            annotation(stem, object("cat", "1", "1", "9", "9"));
        }
        annotation("a", object("cat", "1", "1", "9", "9"));
        folder.text("ImageSets/Main/train.txt", "a", "c", "a", "", "nobody");
        folder.text("ImageSets/Main/test.txt", "b");
        folder.text("ImageSets/Main/cat_train.txt", "a  1", "b -1");
        Loaded loaded = folder.read(Format.VOC);
        assertThat(loaded.dataset().splits()).isEqualTo(Map.of("train", List.of(1L, 3L), "test", List.of(2L)));
        assertThat(loaded.dataset().split("test").samples())
                .extracting(Sample::id)
                .containsExactly(2L);
        assertThat(DataFolder.first(loaded, Problem.UNKNOWN_IMAGE)).isEqualTo("train.txt, line 5: nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "DEGENERATE_BOX,cat,50,33,50,33,box 50 33 50 33",
        "DEGENERATE_BOX,cat,50,33,40,70,box 50 33 40 70",
        "NON_FINITE_BOX,cat,nan,33,40,70,box NaN 33 40 70",
        "NON_FINITE_BOX,cat,1,2,inf,70,box 0 1 Infinity 70",
        "BOX_OUTSIDE,cat,120,3,140,7,box 119 2 140 7",
        "BOX_CROSSES_EDGE,cat,20,3,140,7,box 19 2 140 7",
        "UNKNOWN_CATEGORY,bat,1,3,14,7,category bat",
        "DUPLICATE_OBJECT,cat,10,10,20,20,box 9 9 20 20"
    })
    void aBadObjectIsFound(Problem problem, String name, String x1, String y1, String x2, String y2, String detail) {
        folder.text("classes.txt", "cat");
        annotation("a", object("cat", "10", "10", "20", "20"), object(name, x1, y1, x2, y2));
        Loaded loaded = folder.read(Format.VOC);
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(problem, 1L));
        assertThat(DataFolder.first(loaded, problem)).isEqualTo("a.xml, object 2: " + detail);
        assertThatThrownBy(() -> DatasetReader.read(root, Format.VOC, true))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("strict reading refuses this data set: " + problem.words(1));
    }

    @Test
    void aBadImageIsFound() {
        for (String stem : List.of("a", "cut", "gone", "twin")) {
            annotation(stem, object("cat", "1", "1", "9", "9"));
        }
        folder.truncatedImage("JPEGImages/cut.jpg");
        folder.text("Annotations/twin.xml", "<annotation><filename>a.jpg</filename></annotation>");
        folder.image("JPEGImages/unused.jpg");
        Loaded loaded = folder.read(Format.VOC);
        assertThat(loaded.dataset().samples()).extracting(Sample::id).containsExactly(1L);
        assertThat(DataFolder.found(loaded))
                .isEqualTo(Map.of(
                        Problem.UNREADABLE_IMAGE, 1L,
                        Problem.MISSING_IMAGE, 1L,
                        Problem.DUPLICATE_IMAGE, 1L,
                        Problem.NO_ANNOTATION_FILE, 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <annotation><object>                                        | not well-formed XML
            <annotation></object>                                       | line 1, column 15: not well-formed XML: The element type "annotation" must be terminated
            no xml                                                      | line 1, column 1: not well-formed XML: Content is not allowed in prolog.
            <annotation/> more                                          | not well-formed XML
            <annotation><object/></annotation>                          | line 1: no <name> in <object>
            <annotation><object><name>cat</name></object></annotation> | line 1: no <bndbox> in <object>
            <annotation><size><width>wide</width></size></annotation>  | line 1: <width> must be a number, not 'wide'
            """)
    void aBadFileIsNamedWithItsLine(String content, String message) {
        Path file = folder.text("Annotations/a.xml", content);
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(file + ": line ")
                .hasMessageContaining(message);
    }

    @Test
    void bytesThatAreNoTextAreAClearError() {
        Path file = folder.bytes("Annotations/a.xml", new byte[] {'<', 'a', '>', (byte) 0xff, (byte) 0xfe, '<'});
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(file + ": its bytes are no text in the encoding it has; save it as UTF-8");
    }

    @Test
    void otherFilesAreNotPulledIn() {
        Path secret = folder.text("secret.txt", "cat");
        folder.text(
                "Annotations/a.xml",
                "<!DOCTYPE annotation [<!ENTITY stolen SYSTEM \"" + secret.toUri() + "\">]>",
                "<annotation>" + object("&stolen;", "1", "1", "9", "9") + "</annotation>");
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("stolen")
                .hasMessageNotContaining("cat");
    }

    @Test
    void elementsThousandsDeepAreRefused() {
        folder.text("Annotations/a.xml", "<a>".repeat(50_000));
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("more than 50 elements in each other");
    }

    @Test
    void aFolderWithoutAnnotationsIsRefused() {
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(root
                        + ": no annotations; a VOC data set has Annotations/*.xml, JPEGImages and ImageSets/Main, or "
                        + "*.xml beside the images, also in train, valid and test");
    }

    @Test
    void aDataSetWithoutObjectsHasNothingToDetect() {
        annotation("a");
        assertThatThrownBy(() -> folder.read(Format.VOC))
                .hasMessage(root + ": the data set has no categories, so there is nothing to detect");
    }
}
