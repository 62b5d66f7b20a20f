package dev.parfocal.detection.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectsTest {

    private static final List<Category> CATEGORIES = List.of(new Category(1, "cat"), new Category(2, "dog"));
    private static final Box PLACE = new Box(10, 10, 60, 60);

    private static Dataset data(Annotation... objects) {
        return new Dataset(
                "test", CATEGORIES, List.of(new Sample(1, Path.of("a.png"), 300, 300, List.of(objects))), Map.of());
    }

    private static List<Suspect> asked(Dataset data, Detection... found) {
        return DetectorSuspects.of(data, List.of(found));
    }

    private static Detection found(int label, Box box, double score) {
        return new Detection(1, label, box, score);
    }

    @Test
    void aDetectorThatAgreesSuspectsNothing() {
        assertThat(asked(data(Annotation.of(PLACE, 0)), found(0, PLACE, 0.9), found(1, PLACE, 0.2)))
                .isEmpty();
    }

    @Test
    void everyContradictionHasItsKindAndItsPrice() {
        Box elsewhere = new Box(200, 200, 250, 250);
        Dataset data = data(Annotation.of(PLACE, 0));

        assertThat(asked(data, found(1, PLACE, 0.9))).singleElement().satisfies(suspect -> {
            assertThat(suspect.suspicion()).isEqualTo(Suspicion.WRONG_CLASS);
            assertThat(suspect.loss()).isCloseTo(-Math.log(0.01) - Math.log(0.1), within(1e-9));
            assertThat(suspect.words()).isEqualTo("annotated cat, detected dog 90 %");
        });
        assertThat(asked(data, found(0, PLACE, 0.9), found(1, elsewhere, 0.8)))
                .singleElement()
                .satisfies(suspect -> {
                    assertThat(suspect.suspicion()).isEqualTo(Suspicion.MISSING);
                    assertThat(suspect.box()).isEqualTo(elsewhere);
                    assertThat(suspect.loss()).isCloseTo(-Math.log(0.2), within(1e-9));
                });
        assertThat(asked(data, found(0, PLACE.shifted(30, 0), 0.9)))
                .extracting(Suspect::suspicion)
                .containsExactly(Suspicion.LOOSE_BOX);
        assertThat(asked(data)).extracting(Suspect::suspicion).containsExactly(Suspicion.SPURIOUS);
        assertThat(asked(data(new Annotation(PLACE, 0, true, 2500))))
                .as("crowds")
                .isEmpty();
    }

    /** Of 200 annotations, ten have the wrong class; a detector that is right nine times of ten finds them first. */
    @Test
    void plantedMistakesComeFirst() {
        Random random = new Random(4);
        List<Sample> samples = new ArrayList<>();
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int label = random.nextInt(2);
            boolean isWrong = i % 20 == 7;
            Annotation object = Annotation.of(PLACE, isWrong ? 1 - label : label);
            samples.add(new Sample(i, Path.of(isWrong ? "wrong.png" : "right.png"), 300, 300, List.of(object)));
            double score = 0.4 + 0.5 * random.nextDouble();
            detections.add(new Detection(i, label, PLACE, score));
            detections.add(new Detection(i, 1 - label, PLACE, 1 - score));
        }
        List<Suspect> suspects = DetectorSuspects.of(new Dataset("test", CATEGORIES, samples, Map.of()), detections);

        assertThat(suspects).hasSizeBetween(10, 60);
        long first = suspects.stream()
                .limit(10)
                .filter(suspect -> suspect.sample().file().endsWith("wrong.png"))
                .count();
        assertThat(first).isGreaterThanOrEqualTo(7);
    }

    @Test
    void theDataAloneShowsDoubleAndOddAnnotations() {
        List<Annotation> objects = new ArrayList<>(List.of(
                Annotation.of(PLACE, 0),
                Annotation.of(PLACE, 1),
                Annotation.of(new Box(0, 100, 290, 110), 0),
                Annotation.of(new Box(100, 200, 102, 202), 0)));
        for (int i = 0; i < 5; i++) {
            objects.add(Annotation.of(new Box(100 + 30 * i, 10, 140 + 30 * i, 60), 0));
        }

        assertThat(DataSuspects.of(data(objects.toArray(Annotation[]::new))))
                .extracting(Suspect::suspicion, Suspect::words)
                .containsExactlyInAnyOrder(
                        tuple(Suspicion.DUPLICATE, "cat and dog, IoU 1.00"),
                        tuple(Suspicion.ODD_BOX, "cat, 29 times as long as wide"),
                        tuple(Suspicion.ODD_BOX, "cat, 1/500 of the usual area"));
    }

    @Test
    void theSamePixelsInTwoPartsAreALeak(@TempDir Path folder) {
        RgbImage grey = RgbImage.filled(40, 40, 0x808080);
        List<Sample> samples = new ArrayList<>();
        for (String name : List.of("a.png", "b.png", "c.png")) {
            RgbImage image = name.startsWith("c") ? RgbImage.filled(40, 40, 0x818080) : grey;
            ImageFiles.write(image, folder.resolve(name));
            samples.add(new Sample(samples.size(), folder.resolve(name), 40, 40, List.of()));
        }
        Dataset data = new Dataset("test", CATEGORIES, samples, Map.of("train", List.of(0L, 2L), "val", List.of(1L)));

        assertThat(Twins.of(data)).singleElement().satisfies(same -> {
            assertThat(same.samples()).containsExactly(samples.get(0), samples.get(1));
            assertThat(same.isLeak()).isTrue();
            assertThat(same.splits()).containsExactly("train", "val");
        });
    }

    @Test
    void balanceIsCountedAndRead() {
        Annotation[] objects = new Annotation[42];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = Annotation.of(PLACE, i == 0 ? 1 : 0);
        }
        Balance balance = Balance.of(data(objects));

        assertThat(balance.objects()).containsExactly(41, 1);
        assertThat(balance.images()).containsExactly(1, 1);
        assertThat(balance.positives(1890)).isCloseTo(0.1, within(1e-9));
        assertThat(balance.advice(1890))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("about 10 % of the scores are to be 1 (1890 points, 2 classes): prior 0.10 starts");
        assertThat(balance.advice(1890).get(2)).startsWith("cat is 41 times as frequent as dog");
    }
}
