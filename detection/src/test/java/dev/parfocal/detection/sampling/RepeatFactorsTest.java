package dev.parfocal.detection.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatFactorsTest {

    private static Sample image(long id, int... labels) {
        List<Annotation> objects = Arrays.stream(labels)
                .mapToObj(label -> Annotation.of(new Box(0, 0, 9, 9), label))
                .toList();
        return new Sample(id, Path.of(id + ".png"), 10, 10, objects);
    }

    /** Class 0 on all ten images, class 1 on four, class 2 on one. */
    private static List<Sample> images() {
        return List.of(
                image(1, 0),
                image(2, 0, 0),
                image(3, 0),
                image(4, 0),
                image(5, 0),
                image(6, 0),
                image(7, 0, 1),
                image(8, 0, 1, 1),
                image(9, 1, 0),
                image(10, 2, 1, 0));
    }

    @Test
    void areThoseOfThePaper() {
        double[] factors = RepeatFactors.of(images(), 3, 0.5).factor();
        assertThat(Arrays.copyOf(factors, 6)).containsOnly(1);
        assertThat(factors[7]).isCloseTo(Math.sqrt(0.5 / 0.4), within(1e-12));
        assertThat(factors[9]).isCloseTo(Math.sqrt(0.5 / 0.1), within(1e-12));
    }

    @Test
    void fadeWithTheirStrength() {
        RepeatFactors factors = RepeatFactors.of(images(), 3, 0.4);
        assertThat(factors.at(0)).containsOnly(1);
        assertThat(factors.at(1)).isEqualTo(factors.factor());
        assertThat(factors.at(0.5)[9]).isCloseTo(1.5, within(1e-12));
    }

    @Test
    void emptyImagesAndCrowdsCountOnce() {
        Annotation crowd = new Annotation(new Box(0, 0, 5, 5), 1, true, 25);
        Sample crowded = new Sample(3, Path.of("3.png"), 10, 10, List.of(crowd));
        assertThat(RepeatFactors.of(List.of(image(1, 0), image(2), crowded), 2, 0.3)
                        .factor())
                .containsOnly(1);
    }

    @Test
    void aShareOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> RepeatFactors.of(images(), 3, 0)).hasMessageContaining("(0, 1]");
    }
}
