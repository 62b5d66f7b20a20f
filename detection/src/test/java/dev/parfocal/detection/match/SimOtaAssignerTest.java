package dev.parfocal.detection.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimOtaAssignerTest {

    private static final Recorded RECORDED = Recorded.read("match/simota.json");
    private static final int CLASSES = RECORDED.integer("classes");

    private static Assignment assign(SimOtaAssigner assigner, Recorded each) {
        Priors cells = Priors.cells(each.integer("width"), each.integer("height"), 8, 16, 32);
        return assigner.assign(
                cells,
                each.objects("objects", each.integers("labels")),
                Predictions.of(each.floats("scores"), CLASSES, each.floats("boxes")));
    }

    private static int[] recorded(String name, Recorded each) {
        return each.sparse(name, each.numbers("boxes").length / 4);
    }

    @Test
    void matchesAreTheRecordedOnes() {
        for (Recorded each : RECORDED.cases("cases")) {
            assertThat(assign(SimOtaAssigner.yolox(), each).object()).isEqualTo(recorded("yolox", each));
            assertThat(assign(SimOtaAssigner.mmdetection(), each).object()).isEqualTo(recorded("mmdetection", each));
        }
    }

    @Test
    void otherSettingsAreNoticed() {
        Recorded each = RECORDED.cases("cases").get(3);
        Cost classes = new RootScoreCost(1);
        for (SimOtaAssigner other : List.of(
                new SimOtaAssigner(1, SimOtaAssigner.Region.CENTRE, 10, 3, classes),
                new SimOtaAssigner(1.5, SimOtaAssigner.Region.BOX_OR_CENTRE, 10, 3, classes),
                new SimOtaAssigner(1.5, SimOtaAssigner.Region.CENTRE, 2, 3, classes),
                new SimOtaAssigner(1.5, SimOtaAssigner.Region.CENTRE, 10, 0.3, classes))) {
            assertThat(assign(other, each).object()).as("%s", other).isNotEqualTo(recorded("yolox", each));
        }
    }

    @Test
    void theAlignmentIsTheIouOfThePredictedBox() {
        Recorded each = RECORDED.cases("cases").get(0);
        Assignment assignment = assign(SimOtaAssigner.yolox(), each);
        float[] b = each.floats("boxes");
        for (int i = 0; i < assignment.object().length; i++) {
            int owner = assignment.object()[i];
            Box box = new Box(b[4 * i], b[4 * i + 1], b[4 * i + 2], b[4 * i + 3]);
            double iou =
                    owner < 0 ? 0 : box.iou(each.objects("objects").get(owner).box());
            assertThat((double) assignment.alignment()[i]).isCloseTo(iou, within(1e-6));
        }
    }

    @Test
    void theCostOfClassesIsTheSumOfTheirEntropies() {
        float[] scores = new float[200];
        double sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = label == 7 ? 0.25f : 1 - 1e-6f * label;
            double root = Math.sqrt(scores[label]);
            sum -= label == 7 ? Math.log(root) : Math.max(-100, Math.log(1 - root));
        }
        double[][] cost = {{1}};
        Predictions now = Predictions.of(scores, 200, new float[4]);
        new RootScoreCost(2).add(now, List.of(Annotation.of(new Box(0, 0, 1, 1), 7)), cost);
        assertThat(cost[0][0]).isCloseTo(1 + 2 * sum, within(1e-9 * sum));
    }

    @Test
    void boxesThatAreNotNumbersDoNotStopIt() {
        Priors cells = Priors.cells(32, 32, 8);
        float[] boxes = new float[64];
        java.util.Arrays.fill(boxes, Float.NaN);
        Assignment assignment = SimOtaAssigner.yolox()
                .assign(
                        cells,
                        List.of(Annotation.of(new Box(4, 4, 28, 28), 0)),
                        Predictions.of(new float[16], 1, boxes));
        assertThat(assignment.positives()).isEqualTo(1);
    }

    @Test
    void impossibleSettingsAreRefused() {
        Cost classes = new RootScoreCost(1);
        assertThatThrownBy(() -> new SimOtaAssigner(0, SimOtaAssigner.Region.CENTRE, 10, 3, classes))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new SimOtaAssigner(1, SimOtaAssigner.Region.CENTRE, 0, 3, classes))
                .hasMessageContaining("candidate");
        assertThatThrownBy(() -> new RootScoreCost(-1)).isInstanceOf(ParfocalException.class);
    }
}
