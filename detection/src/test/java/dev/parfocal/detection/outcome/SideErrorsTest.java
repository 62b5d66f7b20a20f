package dev.parfocal.detection.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.data.SideDeviations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideErrorsTest {
    private static final int IMAGES = 10;

    /** Boxes whose sides are off by 1, 2, 3 … pixels, and deviations that are a multiple of that. */
    private static SideErrors errors(double factor) {
        List<Sample> samples = new ArrayList<>();
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Box object = new Box(100, 100, 400, 400);
            samples.add(new Sample(i + 1, Path.of(i + ".jpg"), 500, 500, List.of(Annotation.of(object, 0))));
            double off = 4 * i + 1;
            detections.add(new Detection(
                    i + 1,
                    0,
                    new Box(100 + off, 100 + off + 1, 400 + off + 2, 400 + off + 3),
                    0.9,
                    new SideDeviations(factor * off, factor * (off + 1), factor * (off + 2), factor * (off + 3))));
            detections.add(new Detection(i + 1, 0, new Box(1, 1, 20, 20), 0.8, new SideDeviations(9, 9, 9, 9)));
        }
        Dataset data = new Dataset("scenes", List.of(new Category(1, "disc")), samples, Map.of());
        return SideErrors.of(ImageOutcome.of(data, detections, new double[1], 0.5))
                .orElseThrow();
    }

    @Test
    void deviationsThatRankTheErrorsHaveCorrelationOne() {
        SideErrors errors = errors(0.5);
        assertThat(errors.correlation()).isCloseTo(1, within(1e-12));
        assertThat(errors.groups()).extracting(SideErrors.Group::sides).containsExactly(8, 8, 8, 8, 8);
        assertThat(errors.groups().get(0).error()).isCloseTo(4.5, within(1e-9));
        assertThat(errors.groups().get(0).deviation()).isCloseTo(2.25, within(1e-9));
        assertThat(errors(-1).correlation()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void withoutDeviationsThereIsNothingToSay() {
        Sample sample = new Sample(1, Path.of("a.jpg"), 10, 10, List.of(Annotation.of(new Box(1, 1, 9, 9), 0)));
        Dataset data = new Dataset("one", List.of(new Category(1, "disc")), List.of(sample), Map.of());
        List<Detection> found = List.of(new Detection(1, 0, new Box(1, 1, 9, 9), 1));
        assertThat(SideErrors.of(ImageOutcome.of(data, found, new double[1], 0.5)))
                .isEmpty();
    }
}
