package dev.parfocal.training.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.AtssAssigner;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private static final Priors POINTS = Priors.cells(128, 128, 8, 16, 32);

    @Test
    void objectsAndTheirPointsAreCountedBySize() {
        List<Annotation> objects = List.of(
                Annotation.of(new Box(10, 10, 20, 24), 0),
                Annotation.of(new Box(30, 30, 110, 120), 0),
                new Annotation(new Box(0, 0, 10, 10), 0, true, 100));
        Assignment assignment = new AtssAssigner(9, 8.0, true).assign(POINTS, objects, Predictions.none());

        Matching matching =
                Matching.of(List.of(POINTS, POINTS), List.of(objects, List.of()), List.of(assignment, empty()));

        // Sizes 11.8 and 84.9; the crowd does not count.
        assertThat(matching.objects()).containsExactly(0, 1, 0, 0, 0, 0, 0, 1, 0, 0);
        assertThat(matching.matched()).containsExactly(0, 1, 0, 0, 0, 0, 0, 1, 0, 0);
        assertThat(matching.positives()).isEqualTo(assignment.positives());
        assertThat(Arrays.stream(matching.points()).sum()).isEqualTo(assignment.positives());
        assertThat(matching.levels())
                .containsExactly(Arrays.stream(assignment.statistics(POINTS, 2).positives())
                        .asLongStream()
                        .toArray());
        assertThat(matching.plus(matching).objects()).containsExactly(0, 2, 0, 0, 0, 0, 0, 2, 0, 0);
    }

    private static Assignment empty() {
        return new AtssAssigner(9, 8.0, true).assign(POINTS, List.of(), Predictions.none());
    }
}
