package dev.parfocal.detection.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {

    private static final double[] FREQUENCY = {0.9, 0.3, 0.08};

    /** Images named {@code v<video>_<number>.jpg}, ten of a video, in which classes of different frequency occur. */
    private static Dataset data(int images) {
        Random random = new Random(1);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            List<Annotation> objects = new ArrayList<>();
            for (int label = 0; label < FREQUENCY.length; label++) {
                if (random.nextDouble() < FREQUENCY[label]) {
                    objects.add(Annotation.of(new Box(0, 0, 9, 9), label));
                    objects.add(Annotation.of(new Box(0, 0, 5, 9), label));
                }
            }
            samples.add(new Sample(100 + i, Path.of("v" + i / 10 + "_" + i + ".jpg"), 10, 10, objects));
        }
        List<Category> categories = List.of(new Category(1, "a"), new Category(2, "b"), new Category(3, "c"));
        return new Dataset("videos", categories, samples, Map.of());
    }

    @Test
    void everyImageIsScoredOnceByADetectorThatDidNotSeeIt() {
        Dataset data = data(203);
        Folds folds = Folds.stratified(data, 5, Groups.none(), List.of(), 1);

        Set<Long> scored = new HashSet<>();
        for (int fold = 0; fold < 5; fold++) {
            List<Sample> own = folds.scored(fold).samples();
            assertThat(own).hasSizeBetween(39, 43);
            own.forEach(sample -> assertThat(scored.add(sample.id())).isTrue());
            assertThat(folds.trained(fold).samples())
                    .doesNotContainAnyElementsOf(own)
                    .hasSize(203 - own.size());
        }
        assertThat(scored).hasSize(203);
    }

    @Test
    void everyClassIsInAboutAsManyImagesOfEachFold() {
        Dataset data = data(203);
        Folds folds = Folds.stratified(data, 5, Groups.none(), List.of(), 1);
        int[] all = Stratification.images(data.samples(), 3);

        for (int fold = 0; fold < 5; fold++) {
            int[] images = folds.images(fold);
            for (int label = 0; label < 3; label++) {
                assertThat((double) images[label]).isCloseTo(all[label] / 5.0, within(1.5));
            }
        }
    }

    @Test
    void aGroupStaysInOneFold() {
        Folds folds = Folds.stratified(data(200), 4, Groups.byFileName(Pattern.compile("v(\\d+)_")), List.of(), 2);

        Map<String, Integer> foldOf = new HashMap<>();
        for (int fold = 0; fold < 4; fold++) {
            assertThat(folds.scored(fold).samples()).hasSizeBetween(40, 60);
            for (Sample sample : folds.scored(fold).samples()) {
                String video = sample.file().toString().split("_")[0];
                assertThat(foldOf.merge(video, fold, (a, b) -> a)).isEqualTo(fold);
            }
        }
    }

    @Test
    void copiesOfAPictureAreKeptTogetherAcrossGroups() {
        Dataset data = data(40);
        List<Sample> copies = List.of(
                data.samples().get(0), data.samples().get(15), data.samples().get(39));

        Folds folds = Folds.stratified(
                data, 2, Groups.byFileName(Pattern.compile("v\\d+")), List.of(new SamePicture("", copies)), 1);

        assertThat(folds.parts())
                .anySatisfy(part -> assertThat(part).containsAll(copies).hasSize(30));
    }

    @Test
    void theSeedDecidesAndNothingElse() {
        Folds once = Folds.stratified(data(50), 5, Groups.none(), List.of(), 7);

        assertThat(Folds.stratified(data(50), 5, Groups.none(), List.of(), 7)).isEqualTo(once);
        assertThat(Folds.stratified(data(50), 5, Groups.none(), List.of(), 8)).isNotEqualTo(once);
    }

    @Test
    void impossibleFoldsAreRefused() {
        assertThatThrownBy(() -> Folds.stratified(data(4), 5, Groups.none(), List.of(), 1))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("5 folds of 4 images: there must be at least 2 folds, and no more than images");
        assertThatThrownBy(() -> Folds.stratified(data(4), 1, Groups.none(), List.of(), 1))
                .hasMessageContaining("at least 2 folds");
        assertThatThrownBy(() ->
                        Folds.stratified(data(20), 3, Groups.byFileName(Pattern.compile("v(\\d+)_")), List.of(), 1))
                .hasMessageStartingWith("3 folds of 2 groups");
        assertThatThrownBy(() -> Groups.byFileName(Pattern.compile("x(\\d+)"))
                        .apply(data(1).samples().get(0)))
                .hasMessage("the group pattern x(\\d+) finds nothing in the file name v0_0.jpg");
        assertThatThrownBy(() -> Groups.byTable(Map.of("a.jpg", "1"), "groups.csv")
                        .apply(data(1).samples().get(0)))
                .hasMessage("groups.csv names no group of the image v0_0.jpg");
    }

    @Test
    void theSamePictureIsFoundByItsBytes(@TempDir Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String text : List.of("one", "two", "one", "three", "one")) {
            Path file = folder.resolve(samples.size() + ".jpg");
            Files.writeString(file, text);
            samples.add(new Sample(samples.size(), file, 1, 1, List.of()));
        }

        List<SamePicture> same = SamePicture.among(samples);

        assertThat(same).hasSize(1);
        assertThat(same.get(0)).hasToString("0.jpg = 2.jpg = 4.jpg");
        Files.delete(folder.resolve("1.jpg"));
        assertThatThrownBy(() -> SamePicture.among(samples)).hasMessageContaining("cannot read this picture");
    }
}
