package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as tools leave them, read without naming a format. */
class ExportsTest {

    private static final Box BOX = new Box(10, 8, 30, 24);
    private static final String LINE = "0 0.2 0.2 0.2 0.2";

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
    }

    private void voc(String image, String xml) {
        folder.image(image);
        folder.text(
                xml,
                "<annotation><folder>VOC</folder><filename>" + image.replaceFirst(".*/", "") + "</filename>",
                "<size><width>100</width><height>80</height><depth>3</depth></size><segmented>0</segmented>",
                "<object><name>cat</name><pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>",
                "<bndbox><xmin>11</xmin><ymin>9</ymin><xmax>30</xmax><ymax>24</ymax></bndbox></object></annotation>");
    }

    private void yolo(String image, String label) {
        folder.image(image);
        folder.text(label, LINE);
    }

    private void coco(String image, String json, String name) {
        folder.image(image);
        folder.text(
                json,
                "{\"info\": {\"year\": \"2026\"}, \"licenses\": [{\"id\": 1}],",
                "\"categories\": [{\"id\": 0, \"name\": \"cat\", \"supercategory\": \"none\"}],",
                "\"images\": [{\"id\": 0, \"license\": 1, \"file_name\": \"" + name
                        + "\", \"height\": 80, \"width\": 100}],",
                "\"annotations\": [{\"id\": 1, \"image_id\": 0, \"category_id\": 0, \"bbox\": [10, 8, 20, 16],",
                "\"area\": 320, \"segmentation\": [], \"iscrowd\": 0}]}");
    }

    /** Every object is the one box, and nothing was left out or mended. */
    private Dataset whole(String format, Problem... notes) {
        Loaded loaded = folder.read(Format.AUTO);
        assertThat(loaded.fit().format()).hasToString(format);
        assertThat(DataFolder.found(loaded).keySet()).isEqualTo(Set.of(notes));
        assertThat(loaded.dataset().samples())
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.annotations())
                        .extracting(Annotation::box)
                        .singleElement()
                        .satisfies(box -> assertThat(box.iou(BOX)).isGreaterThan(1 - 1e-9)));
        return loaded.dataset();
    }

    @Test
    void roboflowYolo() {
        for (String part : List.of("train", "valid", "test")) {
            yolo(part + "/images/a_jpg.rf.1.jpg", part + "/labels/a_jpg.rf.1.txt");
        }
        folder.text(
                "data.yaml",
                "train: ../train/images",
                "val: ../valid/images",
                "test: ../test/images",
                "nc: 1",
                "names: ['cat']",
                "roboflow:",
                "  version: 1");
        folder.text("README.dataset.txt", "pets");
        folder.text("README.roboflow.txt", "pets");
        assertThat(whole("yolo").splits()).containsOnlyKeys("train", "val", "test");
    }

    @Test
    void roboflowCoco() {
        coco("train/a.jpg", "train/_annotations.coco.json", "a.jpg");
        coco("valid/a.jpg", "valid/_annotations.coco.json", "a.jpg");
        folder.text("README.roboflow.txt", "pets");
        assertThat(whole("coco", Problem.RENUMBERED_IMAGE).splits()).containsOnlyKeys("train", "val");
    }

    @Test
    void roboflowVoc() {
        voc("train/a.jpg", "train/a.xml");
        voc("valid/b.jpg", "valid/b.xml");
        assertThat(whole("voc").splits()).containsOnlyKeys("train", "val");
    }

    @Test
    void cvatYolo() {
        yolo("obj_train_data/a.jpg", "obj_train_data/a.txt");
        folder.text("obj.data", "classes = 1", "train = data/train.txt", "names = data/obj.names", "backup = backup/");
        folder.text("obj.names", "cat");
        folder.text("train.txt", "data/obj_train_data/a.jpg");
        assertThat(whole("yolo").splits()).isEqualTo(Map.of("train", List.of(1L)));
    }

    @Test
    void cvatUltralyticsYolo() {
        yolo("images/Train/a.jpg", "labels/Train/a.txt");
        folder.text("data.yaml", "path: ./", "train: train.txt", "names:", "  0: cat");
        folder.text("train.txt", "data/images/Train/a.jpg");
        assertThat(whole("yolo").splits()).isEqualTo(Map.of("train", List.of(1L)));
    }

    @Test
    void cvatCoco() {
        coco("images/default/a.jpg", "annotations/instances_default.json", "a.jpg");
        assertThat(whole("coco").splits()).containsOnlyKeys("default");
    }

    @Test
    void cvatVoc() {
        voc("JPEGImages/a.jpg", "Annotations/a.xml");
        folder.text("ImageSets/Main/default.txt", "a");
        folder.text("labelmap.txt", "# label:color_rgb:parts:actions", "cat:128,0,0::");
        whole("voc");
    }

    @Test
    void labelStudioCoco() {
        coco("images/0a1b2c3d-a.jpg", "result.json", "images\\\\0a1b2c3d-a.jpg");
        whole("coco");
    }

    @Test
    void labelStudioYolo() {
        yolo("images/0a1b2c3d-a.jpg", "labels/0a1b2c3d-a.txt");
        folder.text("classes.txt", "cat");
        folder.text("notes.json", "{\"categories\": [{\"id\": 0, \"name\": \"cat\"}], \"info\": {\"year\": 2026}}");
        whole("yolo");
    }

    @Test
    void labelStudioVoc() {
        voc("images/0a1b2c3d-a.jpg", "Annotations/0a1b2c3d-a.xml");
        whole("voc");
    }

    @Test
    void supervisionVoc() {
        voc("images/a.jpg", "annotations/a.xml");
        whole("voc");
    }

    @Test
    void supervisionYolo() {
        yolo("train/images/a.jpg", "train/labels/a.txt");
        yolo("val/images/b.jpg", "val/labels/b.txt");
        folder.text("data.yaml", "names:", "- cat", "nc: 1");
        assertThat(whole("yolo").splits()).containsOnlyKeys("train", "val");
    }

    @Test
    void supervisionCoco() {
        coco("train/images/a.jpg", "train/annotations.json", "a.jpg");
        coco("test/images/b.jpg", "test/annotations.json", "b.jpg");
        assertThat(whole("coco", Problem.RENUMBERED_IMAGE).splits()).containsOnlyKeys("train", "test");
    }

    @Test
    void labelImgLeavesVocAndClassNamesBesideImages() {
        voc("a.jpg", "a.xml");
        folder.text("classes.txt", "cat");
        whole("voc");
    }

    /** Oriented boxes of Ultralytics have four corners, which is a polygon, too. */
    @Test
    void orientedYolo() {
        folder.image("images/a.jpg");
        folder.text("labels/a.txt", "0 0.1 0.2 0.2 0.1 0.3 0.2 0.2 0.3");
        folder.text("data.yaml", "names: [cat]");
        whole("yolo", Problem.AROUND_SHAPE);
        assertThat(DataFolder.first(folder.read(Format.AUTO), Problem.AROUND_SHAPE))
                .isEqualTo("a.txt, line 1: 4 corners, a rotated box or a polygon");
    }
}
