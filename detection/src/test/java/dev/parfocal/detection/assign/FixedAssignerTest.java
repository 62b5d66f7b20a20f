package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedAssignerTest {

    private static final List<Annotation> OBJECTS =
            List.of(Annotation.of(new Box(1, 2, 3, 4), 5), Annotation.of(new Box(5, 6, 7, 8), 0));

    @Test
    void priorsLearnWhatTheyWereGiven() {
        Assignment assignment = new FixedAssigner(1, Assignment.BACKGROUND, 0, Assignment.IGNORE)
                .assign(Priors.boxes(new float[16]), OBJECTS, Predictions.none());
        assertThat(assignment.label()).containsExactly(0, Assignment.BACKGROUND, 5, Assignment.IGNORE);
        assertThat(assignment.object()).containsExactly(1, -1, 0, -1);
        assertThat(assignment.targetBox()).containsExactly(5, 6, 7, 8, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0);
        assertThat(assignment.alignment()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void aMatchingOfOtherPriorsOrObjectsIsRefused() {
        Priors two = Priors.boxes(new float[8]);
        assertThatThrownBy(() -> new FixedAssigner(0).assign(two, OBJECTS, Predictions.none()))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("there are 2");
        assertThatThrownBy(() -> new FixedAssigner(0, 2).assign(two, OBJECTS, Predictions.none()))
                .hasMessageContaining("prior 1 the object 2");
        assertThatThrownBy(() -> new FixedAssigner(0, -3).assign(two, OBJECTS, Predictions.none()))
                .isInstanceOf(ParfocalException.class);
    }
}
