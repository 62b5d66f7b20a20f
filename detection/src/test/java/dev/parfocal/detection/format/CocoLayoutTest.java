package dev.parfocal.detection.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where COCO's annotation files and images are found, and which ids the images keep. */
class CocoLayoutTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void prepare() {
        folder = new DataFolder(root);
    }

    /** One image with one object, in a file that knows it by an id. */
    private void file(String json, String id, String image) {
        folder.text(
                json,
                "{\"images\": [{\"id\": " + id + ", \"file_name\": \"" + image.replace("\\", "\\\\") + "\"}],",
                "\"annotations\": [{\"id\": 0, \"image_id\": " + id + ", \"category_id\": 0, \"bbox\": [1, 1, 9, 9]}],",
                "\"categories\": [{\"id\": 0, \"name\": \"cat\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "train.json,                        a.jpg,                          a.jpg,             train",
        "train.json,                        images\\a.jpg,                  images/a.jpg,      train",
        "annotations/instances_val2017.json, a.jpg,                         val2017/a.jpg,     val",
        "annotations/instances_train.json,  a.jpg,                          images/train/a.jpg, train",
        "train/_annotations.coco.json,      a.jpg,                          train/a.jpg,       train",
        "valid/labels.json,                 a.jpg,                          valid/data/a.jpg,  val",
        "result.json,                       images/a.jpg,                   images/a.jpg,      result",
        "val.json,                          C:\\set\\images\\a.jpg,         images/a.jpg,      val",
        "val.json,                          /home/somebody/set/images/a.jpg, images/a.jpg,     val"
    })
    void anImageIsFound(String json, String name, String image, String split) {
        folder.image(image);
        file(json, "3", name);
        Dataset data = folder.read(Format.COCO).dataset();
        assertThat(data.splits()).isEqualTo(Map.of(split, List.of(3L)));
        assertThat(data.samples().get(0).file().normalize()).isEqualTo(root.resolve(image));
    }

    @Test
    void everyAnnotationFileIsReadAndWhatIsNoneIsTold() {
        folder.image("images/a.jpg");
        folder.image("images/b.jpg");
        file("annotations/train.json", "1", "a.jpg");
        file("val.json", "1", "b.jpg");
        folder.text("results.json", "[{\"image_id\": 1, \"category_id\": 0, \"bbox\": [1, 1, 9, 9], \"score\": 1}]");
        folder.text("annotations/captions_train.json", "{\"images\": [], \"annotations\": [{\"caption\": \"a cat\"}]}");
        folder.text("annotations/settings.json", "{\"epochs\": 3}");
        Loaded loaded = folder.read(Format.COCO);
        assertThat(loaded.dataset().splits()).containsOnlyKeys("train", "val");
        assertThat(loaded.lint().count(Problem.UNUSED_FILE)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,5", "1,2", "\"x\",\"x\"", "\"007\",\"8\""})
    void imagesKeepTheIdsOfTheirOwnFile(String first, String second) {
        folder.image("train/a.jpg");
        folder.image("valid/b.jpg");
        file("train/_annotations.coco.json", first, "a.jpg");
        file("valid/_annotations.coco.json", second, "b.jpg");
        Dataset data = folder.read(Format.COCO).dataset();
        assertThat(data.samples()).extracting(Sample::id).doesNotHaveDuplicates();
        assertThat(data.split("train").fileIds().values())
                .extracting(Object::toString)
                .containsExactly(first);
        assertThat(data.split("val").fileIds().values())
                .extracting(Object::toString)
                .containsExactly(second);
        assertThat(data.samples())
                .allMatch(sample -> sample.annotations().get(0).zeroId());
        assertThat(new HashSet<>(data.fileIds().values())).hasSize(2);
    }

    @Test
    void oneImageMayBeInTwoFiles() {
        folder.image("images/a.jpg");
        file("train.json", "1", "a.jpg");
        file("val.json", "9", "a.jpg");
        Loaded loaded = folder.read(Format.COCO);
        assertThat(loaded.dataset().splits()).isEqualTo(Map.of("train", List.of(1L), "val", List.of(1L)));
        assertThat(loaded.lint().count(Problem.DUPLICATE_IMAGE)).isZero();
        folder.text(
                "val.json",
                "{\"images\": [{\"id\": 9, \"file_name\": \"a.jpg\"}], \"annotations\": [], \"categories\": []}");
        assertThat(folder.read(Format.COCO).lint().count(Problem.DUPLICATE_IMAGE))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": 0, "name": "dog"}                          | category 0 is 'dog' here and 'cat' in another annotation file
            {"id": 4, "name": "cat"}                          | 'cat' is category 4 here and 0 in another annotation file
            {"id": "cat", "name": "cat"}                      | category id "cat" is a text
            """)
    void filesMustNumberTheirCategoriesAlike(String categories, String message) {
        folder.image("images/a.jpg");
        file("train.json", "1", "a.jpg");
        folder.text("val.json", "{\"images\": [], \"categories\": [" + categories + "]}");
        assertThatThrownBy(() -> folder.read(Format.COCO))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("val.json: " + message);
    }

    @Test
    void whatPycocotoolsWouldTakeOtherwiseIsTold() {
        folder.image("a.jpg");
        folder.text(
                "train.json",
                "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"categories\": [{\"id\": 1}, {\"id\": 2, \"name\": 5}],",
                "\"annotations\": [{\"id\": 3, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 1, 9, 9], \"ignore\": 1},",
                "{\"id\": 3, \"image_id\": 1, \"category_id\": 1, \"bbox\": [5, 5, 9, 9]}]}");
        Loaded loaded = folder.read(Format.COCO);
        assertThat(loaded.dataset().categories()).extracting(Category::name).containsExactly("1", "5");
        assertThat(loaded.lint().counts())
                .isEqualTo(
                        Map.of(Problem.IGNORED_MARK, 1L, Problem.SHARED_ANNOTATION_ID, 1L, Problem.EMPTY_CATEGORY, 1L));
        assertThat(DataFolder.first(loaded, Problem.EMPTY_CATEGORY)).isEqualTo("categories: '5'");
    }
}
