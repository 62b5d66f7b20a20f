package dev.parfocal.training.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.Scoring;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowNamesTest {
    private static final BatchNames BATCH = new BatchNames(
            List.of(new BatchNames.Picture(3, "a.png"), new BatchNames.Picture(12, "b.png")), List.of("disc"));
    private static final PriorBatch BOXES =
            PriorBatch.same(Priors.boxes(new float[] {0, 0, 8, 8, 4, 2, 16, 10, 0, 0, 32, 32}), 2);

    private static RowNames names(Priors.Kind kind, OutputSpec.Columns columns) {
        Map<String, OutputSpec.Slot> slots = Map.of("classification", OutputSpec.Slot.CLASSES);
        return new RowNames(BATCH, BOXES, new OutputSpec("output", kind, slots, 1, columns, Scoring.PLAIN, false));
    }

    private static String row(Priors.Kind kind) {
        return names(kind, OutputSpec.Columns.CLASSES).row(4);
    }

    @Test
    void aRowIsCalledAfterWhatItsBoxStartsFrom() {
        assertThat(row(Priors.Kind.QUERIES)).isEqualTo("image 12 (b.png), query 1");
        assertThat(row(Priors.Kind.PROPOSALS)).isEqualTo("image 12 (b.png), proposal 1 at x 10, y 6");
        assertThat(row(Priors.Kind.ANCHORS)).isEqualTo("image 12 (b.png), anchor 1 at x 10, y 6");
    }

    @Test
    void aRowThatLearnsNoClassIsBackgroundAndSoIsTheColumnBeforeTheClasses() {
        RowNames regions = names(Priors.Kind.PROPOSALS, OutputSpec.Columns.BACKGROUND_AND_CLASSES);
        assertThat(regions.ofClass(-1)).isEqualTo(", background");
        assertThat(regions.ofColumn(0)).isEqualTo(", background");
        assertThat(regions.ofColumn(1)).isEqualTo(", class disc");
        assertThat(names(Priors.Kind.ANCHORS, OutputSpec.Columns.CLASSES).ofColumn(0))
                .isEqualTo(", class disc");
    }

    @Test
    void aColumnForObjectsOfAnyClassHasNoClass() {
        assertThat(names(Priors.Kind.ANCHORS, OutputSpec.Columns.CLASSES).ofClass(0))
                .isEqualTo(", class disc");
        assertThat(names(Priors.Kind.ANCHORS, OutputSpec.Columns.OBJECT).ofClass(0))
                .isEmpty();
    }
}
