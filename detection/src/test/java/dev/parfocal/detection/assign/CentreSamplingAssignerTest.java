package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.prior.AnchorGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class CentreSamplingAssignerTest {

    private static final List<Recorded> TORCHVISION =
            Recorded.read("assign/torchvision.json").cases("fcos");

    private static Priors priors(Recorded each) {
        return AnchorGrid.fcos().priors(each.integer("width"), each.integer("height"), 8, 16, 32, 64, 128);
    }

    @Test
    void priorsAreMatchedAsByTorchvision() {
        int positives = 0;
        for (Recorded each : TORCHVISION) {
            Priors priors = priors(each);
            Assignment assignment =
                    CentreSamplingAssigner.fcos().assign(priors, each.objects("objects"), Predictions.none());
            assertThat(assignment.object()).isEqualTo(each.sparse("matches", priors.size()));
            positives += assignment.positives();
        }
        assertThat(positives).isGreaterThan(100);
    }

    @Test
    void otherSettingsAreNoticed() {
        Recorded each = TORCHVISION.get(0);
        Priors priors = priors(each);
        for (CentreSamplingAssigner other : List.of(
                new CentreSamplingAssigner(1.4, 4, 8),
                new CentreSamplingAssigner(1.5, 3, 8),
                new CentreSamplingAssigner(1.5, 4, 7))) {
            assertThat(other.assign(priors, each.objects("objects"), Predictions.none())
                            .object())
                    .as("%s", other)
                    .isNotEqualTo(each.sparse("matches", priors.size()));
        }
    }

    @Test
    void ofTwoObjectsTheSmallerIsLearnt() {
        List<Annotation> objects =
                List.of(Annotation.of(new Box(0, 0, 64, 64), 0), Annotation.of(new Box(12, 12, 52, 52), 1));
        Assignment assignment =
                CentreSamplingAssigner.fcos().assign(Priors.cells(64, 64, 8), objects, Predictions.none());
        // Within 12 pixels of the shared centre, (32, 32), lie the cells whose centres are at 28 and 36.
        assertThat(assignment.positives()).isEqualTo(4);
        assertThat(assignment.object()).doesNotContain(0);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new CentreSamplingAssigner(0, 4, 8)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new CentreSamplingAssigner(1.5, -1, 8)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new CentreSamplingAssigner(1.5, 8, 8)).hasMessageContaining("reach");
    }
}
