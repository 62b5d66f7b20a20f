package dev.parfocal.training.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.PriorBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowNamesTest {
    private static final BatchNames BATCH = new BatchNames(
            List.of(new BatchNames.Picture(3, "a.png"), new BatchNames.Picture(12, "b.png")), List.of("disc"));
    private static final PriorBatch BOXES =
            PriorBatch.same(Priors.boxes(new float[] {0, 0, 8, 8, 4, 2, 16, 10, 0, 0, 32, 32}), 2);

    private static String row(Priors.Kind kind) {
        return new RowNames(BATCH, BOXES, kind).row(4);
    }

    @Test
    void aRowIsCalledAfterWhatItsBoxStartsFrom() {
        assertThat(row(Priors.Kind.QUERIES)).isEqualTo("image 12 (b.png), query 1");
        assertThat(row(Priors.Kind.PROPOSALS)).isEqualTo("image 12 (b.png), proposal 1 at x 10, y 6");
        assertThat(row(Priors.Kind.ANCHORS)).isEqualTo("image 12 (b.png), anchor 1 at x 10, y 6");
    }
}
