package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.prior.AnchorGrid;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaxIouAssignerTest {

    private static final Recorded TORCHVISION = Recorded.read("assign/torchvision.json");

    private static MaxIouAssigner assigner(Recorded each) {
        return new MaxIouAssigner(each.number("foreground"), each.number("background"), each.flag("low"));
    }

    private static Priors anchors(Recorded each) {
        AnchorGrid grid = each.text("anchors").equals("rpn") ? AnchorGrid.rpn() : AnchorGrid.retinanet();
        return grid.priors(each.integer("width"), each.integer("height"), 8, 16, 32, 64, 128);
    }

    /** As torchvision writes it: the object, -1 for background, -2 between the thresholds. */
    private static int[] matches(Assignment assignment) {
        return IntStream.range(0, assignment.label().length)
                .map(i -> assignment.object()[i] >= 0
                        ? assignment.object()[i]
                        : assignment.label()[i])
                .toArray();
    }

    private static int[] matches(MaxIouAssigner assigner, Priors priors, List<Annotation> objects) {
        return matches(assigner.assign(priors, objects, Predictions.none()));
    }

    @Test
    void anchorsAreMatchedAsByTorchvision() {
        int ties = 0;
        for (Recorded each : TORCHVISION.cases("matcher")) {
            Priors anchors = anchors(each);
            List<Annotation> objects = each.objects("objects");
            assertThat(matches(assigner(each), anchors, objects)).isEqualTo(each.sparse("matches", anchors.size()));
            ties += (int) (objects.size() - objects.stream().distinct().count());
        }
        assertThat(ties).as("objects that another one equals").isGreaterThan(5);
    }

    @Test
    void proposalsAreMatchedAsByTorchvision() {
        for (Recorded each : TORCHVISION.cases("proposals")) {
            Priors proposals = Priors.boxes(each.floats("boxes"));
            assertThat(matches(assigner(each), proposals, each.objects("objects")))
                    .isEqualTo(each.sparse("matches", proposals.size()));
        }
    }

    @Test
    void otherSettingsAreNoticed() {
        Recorded each = TORCHVISION.cases("matcher").get(0);
        Priors anchors = anchors(each);
        int[] recorded = each.sparse("matches", anchors.size());
        for (MaxIouAssigner other : List.of(
                new MaxIouAssigner(0.5, 0.4, false),
                new MaxIouAssigner(0.5, 0.45, true),
                new MaxIouAssigner(0.55, 0.4, true))) {
            assertThat(matches(other, anchors, each.objects("objects")))
                    .as("%s", other)
                    .isNotEqualTo(recorded);
        }
    }

    @Test
    void aThresholdIsComparedInFloat32() {
        // 7 / 10 in float32 is less than 0.7 in float64, and equal to it in float32.
        assertThat((double) (7f / 10f)).isLessThan(0.7);
        Priors box = Priors.boxes(new float[] {0, 0, 7, 1});
        List<Annotation> object = List.of(Annotation.of(new Box(0, 0, 10, 1), 3));
        assertThat(matches(new MaxIouAssigner(0.7, 0.7, false), box, object)).containsExactly(0);
    }

    @Test
    void lowQualityGivesEveryObjectAllItsBestPriors() {
        Priors boxes = Priors.boxes(new float[] {0, 0, 10, 10, 10, 0, 20, 10, 0, 0, 40, 40});
        List<Annotation> object = List.of(Annotation.of(new Box(8, 2, 12, 8), 0));
        assertThat(matches(MaxIouAssigner.retinanet(), boxes, object)).containsExactly(0, 0, -1);
        assertThat(matches(MaxIouAssigner.roi(), boxes, object)).containsExactly(-1, -1, -1);
    }

    @Test
    void anObjectThatOverlapsNothingOwnsNothing() {
        Priors boxes = Priors.boxes(new float[] {0, 0, 10, 10, 100, 0, 110, 10});
        List<Annotation> objects =
                List.of(Annotation.of(new Box(50, 50, 60, 60), 0), Annotation.of(new Box(0, 0, 10, 9), 0));
        assertThat(matches(MaxIouAssigner.retinanet(), boxes, objects)).containsExactly(1, -1);
    }

    @Test
    void boxesThatAreNotNumbersAreBackground() {
        Priors boxes = Priors.boxes(new float[] {Float.NaN, 0, 10, 10, 5, 5, 5, 5, 10, 10, 0, 0});
        List<Annotation> objects = List.of(Annotation.of(new Box(0, 0, 10, 10), 0));
        assertThat(matches(MaxIouAssigner.retinanet(), boxes, objects)).containsExactly(-1, -1, -1);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new MaxIouAssigner(0, 0, true)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new MaxIouAssigner(0.5, 0.6, true)).hasMessageContaining("background");
        assertThatThrownBy(() -> new MaxIouAssigner(1.1, 0.6, true)).hasMessageContaining("foreground");
    }
}
