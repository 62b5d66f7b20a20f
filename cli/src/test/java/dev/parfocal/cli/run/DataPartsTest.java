package dev.parfocal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.format.Format;
import dev.parfocal.training.config.DataConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataPartsTest {

    private static final Map<String, List<Long>> VOC = Map.of(
            "train", List.of(1L, 2L, 3L), "val", List.of(4L), "trainval", List.of(1L, 2L, 3L, 4L), "test", List.of(5L));

    private static final Annotation OBJECT = Annotation.of(new Box(1, 1, 5, 5), 0);

    @Test
    void splitsAreUsedAsTheyAreNamed() {
        DataParts parts = parts(VOC, "train", "val");

        assertThat(ids(parts.train())).containsExactly(1L, 2L, 3L);
        assertThat(ids(parts.val())).containsExactly(4L);
        assertThat(parts.test().map(DataPartsTest::ids)).contains(List.of(5L));
        assertThat(parts.words())
                .isEqualTo(
                        "training on 3 images (train), evaluating on 1 image (val), testing on 1 image (test) at the end");
    }

    @Test
    void testStandsInForAValThatIsTrainedOn() {
        DataParts parts = parts(VOC, "trainval", "val");

        assertThat(ids(parts.train())).hasSize(4);
        assertThat(parts.valName()).isEqualTo("test");
        assertThat(parts.test()).as("it is scored once").isEmpty();
    }

    @Test
    void everyFifthImageIsHeldOutWhereThereAreNoSplits() {
        DataParts parts = parts(Map.of(), "train", "val");

        assertThat(ids(parts.train())).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(ids(parts.val())).containsExactly(5L, 10L);
        DataParts again = parts(Map.of(), parts.trainName(), parts.valName());
        assertThat(again).as("the names that a run's configuration keeps").isEqualTo(parts);
    }

    @Test
    void allIsEveryImage() {
        DataParts parts = parts(VOC, "all", "all");

        assertThat(ids(parts.train())).hasSize(10);
        assertThat(parts.test()).as("it was trained on").isEmpty();
        assertThat(parts.words()).contains("evaluating on images that it trained on (all)");
    }

    @Test
    void aSplitThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> parts(VOC, "training", "val"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no split 'training'");
        assertThatThrownBy(() -> parts(Map.of("train", List.of(), "val", List.of(1L)), "train", "val"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("has no images");
    }

    @Test
    void aValThatIsTrainedOnInPartStaysAndIsTold() {
        DataParts parts = parts(
                Map.of("train", List.of(1L, 2L, 3L), "val", List.of(3L, 4L), "test", List.of(5L)), "train", "val");

        assertThat(parts.valName()).isEqualTo("val");
        assertThat(parts.warnings())
                .containsExactly("1 of the 2 images evaluated on (val) are trained on too (train); the scores flatter");
        assertThat(parts(VOC, "train", "val").warnings()).isEmpty();
        assertThat(parts(VOC, "all", "all").warnings()).hasSize(1);
    }

    @Test
    void aSplitNamedAfterItsFileDividesNothing() {
        DataParts parts = parts(
                Map.of("annotations", LongStream.rangeClosed(1, 10).boxed().toList()), "train", "val");

        assertThat(ids(parts.val())).containsExactly(5L, 10L);
        assertThatThrownBy(() -> parts(Map.of("annotations", List.of(1L, 2L)), "train", "val"))
                .hasMessageContaining("no split 'train': it has annotations");
    }

    @Test
    void tooFewImagesToHoldOutOneAreTold() {
        Dataset few = new Dataset(
                "few",
                List.of(new Category(1, "thing")),
                parts(VOC, "train", "val").train().samples(),
                Map.of());

        assertThatThrownBy(() -> DataParts.of(few, new DataConfig("few", Format.VOC, "train", "val")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("its 3 images are too few to hold out every fifth")
                .hasMessageContaining("--train-split all --val-split all");
    }

    @Test
    void withoutAnObjectThereIsNothingToLearn() {
        List<Sample> samples = List.of(
                new Sample(1, Path.of("a.jpg"), 10, 10, List.of(new Annotation(new Box(1, 1, 5, 5), 0, true, 16))),
                new Sample(2, Path.of("b.jpg"), 10, 10, List.of(OBJECT)));
        Dataset data = new Dataset(
                "crowds", List.of(new Category(1, "thing")), samples, Map.of("train", List.of(1L), "val", List.of(2L)));

        assertThatThrownBy(() -> DataParts.of(data, new DataConfig("crowds", Format.VOC, "train", "val")))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("there is no object to learn in the 1 image to train on (train)");
        assertThat(DataParts.of(data, new DataConfig("crowds", Format.VOC, "val", "train"))
                        .warnings())
                .containsExactly("the images evaluated on (train) have no objects, so there is no average precision");
    }

    private static DataParts parts(Map<String, List<Long>> splits, String train, String val) {
        List<Sample> samples = LongStream.rangeClosed(1, 10)
                .mapToObj(id -> new Sample(id, Path.of(id + ".jpg"), 10, 10, List.of(OBJECT)))
                .toList();
        Dataset data = new Dataset("data", List.of(new Category(1, "thing")), samples, splits);
        return DataParts.of(data, new DataConfig("data", Format.VOC, train, val));
    }

    private static List<Long> ids(Dataset part) {
        return part.samples().stream().map(Sample::id).toList();
    }
}
