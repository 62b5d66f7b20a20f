package dev.parfocal.detection.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.image.RgbImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneGeneratorTest {

    /** Small objects on small, clean pictures, quick to draw. */
    private static SceneOptions small(double imbalance, double rareShare) {
        return new SceneOptions(96, 96, 8, 5, 10, 180, imbalance, rareShare, 0.1, 0, 0);
    }

    @Test
    void aSceneDependsOnItsSeedAndNumberAlone() {
        SceneGenerator generator = new SceneGenerator(5, SceneOptions.defaults());
        List<Scene> together =
                IntStream.range(0, 6).parallel().mapToObj(generator::draw).toList();
        assertThat(new SceneGenerator(5, SceneOptions.defaults()).draw(4)).isEqualTo(together.get(4));
        assertThat(new SceneGenerator(6, SceneOptions.defaults()).draw(4)).isNotEqualTo(together.get(4));
        for (int i = 0; i < together.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(different(together.get(i).image(), together.get(j).image()))
                        .isGreaterThan(0.9);
            }
        }
    }

    /** The share of pixels that differ. */
    private static double different(RgbImage a, RgbImage b) {
        long count = IntStream.range(0, a.pixels().length)
                .filter(i -> a.pixels()[i] != b.pixels()[i])
                .count();
        return (double) count / a.pixels().length;
    }

    @Test
    void objectsLieInThePictureAndShowHalfOfThemselves() {
        SceneOptions options = SceneOptions.defaults();
        SceneGenerator generator = new SceneGenerator(1, options);
        for (int number = 0; number < 20; number++) {
            for (Annotation object : generator.draw(number).annotations()) {
                Box box = object.box();
                assertThat(box.clipped(options.width(), options.height())).isEqualTo(box);
                assertThat(object.area()).isPositive().isLessThanOrEqualTo(box.area());
                assertThat(object.area()).isGreaterThan(0.5 * 0.3 * options.minSize() * options.minSize());
                assertThat(object.label())
                        .isBetween(0, SceneGenerator.categories().size() - 1);
                assertThat(object.crowd()).isFalse();
            }
        }
    }

    /** The most common, the least common and the rare category come as often as asked, over 500 small scenes. */
    @Test
    void categoriesComeAsOftenAsAsked() {
        SceneGenerator generator = new SceneGenerator(3, small(4, 0.1));
        Map<Integer, Integer> counts = new HashMap<>();
        int empty = 0;
        int objects = 0;
        for (int number = 0; number < 500; number++) {
            List<Annotation> annotations = generator.draw(number).annotations();
            empty += annotations.isEmpty() ? 1 : 0;
            objects += annotations.size();
            annotations.forEach(object -> counts.merge(object.label(), 1, Integer::sum));
        }
        int rare = Figure.GEAR.ordinal();
        assertThat(counts).hasSize(6);
        assertThat((double) counts.get(rare) / objects).isCloseTo(0.1, within(0.025));
        assertThat((double) counts.get(Figure.DISC.ordinal()) / counts.get(Figure.RING.ordinal()))
                .isCloseTo(4, within(1.2));
        assertThat(empty / 500.0).isCloseTo(0.1, within(0.05));
        assertThat(objects / 450.0).isCloseTo(4.5, within(0.5));
    }

    @Test
    void withoutShareThereIsNoRareCategoryAndAloneThereIsNoOther() {
        assertThat(labels(small(1, 0))).doesNotContain(Figure.GEAR.ordinal()).hasSizeGreaterThan(20);
        assertThat(labels(small(1, 1))).containsOnly(Figure.GEAR.ordinal());
    }

    private static List<Integer> labels(SceneOptions options) {
        SceneGenerator generator = new SceneGenerator(2, options);
        return IntStream.range(0, 20)
                .boxed()
                .flatMap(number -> generator.draw(number).annotations().stream())
                .map(Annotation::label)
                .toList();
    }

    @Test
    void categoriesAreNumberedFromOne() {
        assertThat(SceneGenerator.categories())
                .startsWith(new Category(1, "disc"), new Category(2, "square"))
                .endsWith(new Category(6, "gear"));
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SceneOptions.defaults().withImbalance(0.5, 0))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("scenes: the imbalance must be in [1.0, 1000.0], not 0.5");
        assertThatThrownBy(() -> SceneOptions.defaults().withImbalance(2, Double.NaN))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("scenes: the share of the rare category must be in [0.0, 1.0]");
    }
}
