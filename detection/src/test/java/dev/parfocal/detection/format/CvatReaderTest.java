package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CVAT's exports: "CVAT for images 1.1", and what its COCO, YOLO and VOC say of rotated boxes. */
class CvatReaderTest {

    private static final String META = "<meta><task><name>t</name><labels>"
            + "<label><name>dog</name><type>any</type></label>"
            + "<label><name>cat</name><type>bbox</type></label>"
            + "<label><name>blurred</name><type>tag</type></label>"
            + "<label><name>paw</name><type>points</type><parent>dog</parent></label></labels></task></meta>";

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
    }

    private void annotations(String... images) {
        folder.text(
                "annotations.xml",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
                "<annotations><version>1.1</version>" + META,
                String.join("\n", images),
                "</annotations>");
    }

    private static String image(String id, String name, String subset, String... shapes) {
        return "<image id=\"" + id + "\" name=\"" + name + "\" " + subset + " width=\"100\" height=\"80\">"
                + String.join("", shapes) + "</image>";
    }

    private static String shape(String element, String attributes) {
        return "<" + element + " label=\"cat\" source=\"manual\" occluded=\"0\" " + attributes
                + " z_order=\"0\"><attribute name=\"tame\">true</attribute></" + element + ">";
    }

    private List<Box> boxes(Dataset data) {
        return data.samples().stream()
                .flatMap(sample -> sample.annotations().stream())
                .map(object -> object.box())
                .toList();
    }

    @Test
    void boxesAndSubsets() {
        folder.image("images/Train/a.jpg");
        folder.image("images/Validation/day 1/b.jpg");
        annotations(
                image("7", "a.jpg", "subset=\"Train\"", shape("box", "xtl=\"1.5\" ytl=\"2\" xbr=\"30\" ybr=\"40.25\"")),
                image("8", "day 1/b.jpg", "subset=\"Validation\""));
        Loaded loaded = folder.read(Format.CVAT);
        Dataset data = loaded.dataset();
        assertThat(data.categories()).containsExactly(new Category(1, "dog"), new Category(2, "cat"));
        assertThat(data.splits()).containsOnlyKeys("train", "val");
        assertThat(boxes(data)).containsExactly(new Box(1.5, 2, 30, 40.25));
        assertThat(data.samples().get(0).annotations().get(0).label()).isEqualTo(1);
        assertThat(data.fileIds().values()).containsExactly(RecordId.of(7), RecordId.of(8));
        assertThat(DataFolder.found(loaded)).isEqualTo(Map.of(Problem.NO_OBJECTS, 1L));
    }

    @Test
    void otherShapesAreReadAsTheBoxesAroundThemOrNamed() {
        folder.image("images/a.jpg");
        annotations(image(
                "0",
                "a.jpg",
                "",
                shape("polygon", "points=\"10.00,20.00;30.00,25.50;20.00,40.00\""),
                shape("ellipse", "cx=\"50\" cy=\"40\" rx=\"10\" ry=\"5\""),
                shape("mask", "rle=\"3, 4\" left=\"5\" top=\"6\" width=\"7\" height=\"8\""),
                shape("box", "xtl=\"40\" ytl=\"30\" xbr=\"60\" ybr=\"40\" rotation=\"90.0\""),
                shape("polyline", "points=\"1,1;2,2\""),
                shape("points", "points=\"1,1\""),
                shape("cuboid", "xtl1=\"1\""),
                "<skeleton label=\"dog\"><points label=\"paw\" points=\"1,1\"/></skeleton>",
                "<tag label=\"blurred\" source=\"manual\"/>"));
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(loaded.fit()).isEqualTo(new Fit(Format.CVAT, "annotations.xml"));
        List<Box> boxes = boxes(loaded.dataset());
        assertThat(boxes.subList(0, 3))
                .containsExactly(new Box(10, 20, 30, 40), new Box(40, 35, 60, 45), new Box(5, 6, 12, 14));
        assertThat(boxes.get(3).x1()).isEqualTo(45, within(1e-9));
        assertThat(boxes.get(3).y2()).isEqualTo(45, within(1e-9));
        assertThat(DataFolder.found(loaded))
                .isEqualTo(Map.of(
                        Problem.AROUND_SHAPE, 3L,
                        Problem.ROTATED_BOX, 1L,
                        Problem.OTHER_SHAPE, 4L,
                        Problem.IMAGE_LABEL, 1L));
        assertThat(DataFolder.first(loaded, Problem.OTHER_SHAPE)).isEqualTo("annotations.xml, line 3: polyline 'cat'");
    }

    @Test
    void tracksOfVideosAreRefusedByName() {
        annotations("<track id=\"0\" label=\"cat\"><box frame=\"0\"/></track>");
        assertThatThrownBy(() -> folder.read(Format.AUTO))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(root.resolve("annotations.xml") + ": line 3: a track, as 'CVAT for video' has them; export "
                        + "the task as 'CVAT for images 1.1' instead");
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        annotations(image("0", "a.jpg", "", shape("box", "xtl=\"one\"")));
        assertThatThrownBy(() -> folder.read(Format.CVAT))
                .hasMessage(root.resolve("annotations.xml") + ": line 3: xtl of <box> must be a number, not 'one'");
        annotations(image("0", "a.jpg", "", shape("polygon", "points=\"1,2;3\"")));
        assertThatThrownBy(() -> folder.read(Format.CVAT)).hasMessageEndingWith("must be 'x,y;x,y;…', not '1,2;3'");
    }

    /** A box that is turned is upright in CVAT's COCO and VOC exports, with the angle beside it. */
    @Test
    void rotationIsReadInTheOtherExports() {
        folder.image("images/default/a.jpg");
        folder.text(
                "annotations/instances_default.json",
                "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"categories\": [{\"id\": 1, \"name\": \"cat\"}],",
                "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [40, 30, 20, 10],",
                "\"attributes\": {\"occluded\": false, \"rotation\": 90.0}}]}");
        Loaded coco = folder.read(Format.AUTO);
        assertThat(boxes(coco.dataset()).get(0).y1()).isEqualTo(25, within(1e-9));
        assertThat(DataFolder.first(coco, Problem.ROTATED_BOX))
                .isEqualTo("instances_default.json, annotations[0]: 90.0°");
    }

    @Test
    void rotationIsReadInVoc() {
        folder.image("JPEGImages/a.jpg");
        folder.text(
                "Annotations/a.xml",
                "<annotation><object><name>cat</name><bndbox><xmin>41</xmin><ymin>31</ymin><xmax>60</xmax>",
                "<ymax>40</ymax></bndbox><attributes><attribute><name>rotation</name><value>90.0</value></attribute>",
                "</attributes></object><object><name>cat</name><robndbox><cx>50</cx><cy>35</cy><w>20</w><h>10</h>",
                "<angle>1.5707963267948966</angle></robndbox></object></annotation>");
        Loaded voc = folder.read(Format.AUTO);
        assertThat(boxes(voc.dataset())).allSatisfy(box -> {
            assertThat(box.x1()).isEqualTo(45, within(1e-9));
            assertThat(box.y2()).isEqualTo(45, within(1e-9));
        });
        assertThat(voc.lint().count(Problem.ROTATED_BOX)).isEqualTo(2);
    }
}
