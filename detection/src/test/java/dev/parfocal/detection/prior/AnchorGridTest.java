package dev.parfocal.detection.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.assign.Priors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnchorGridTest {

    private static final Map<String, AnchorGrid> GRIDS = Map.of(
            "retinanet", AnchorGrid.retinanet(),
            "rpn", AnchorGrid.rpn(),
            "fcos", AnchorGrid.fcos());

    @Test
    void anchorsAreThoseOfTorchvision() {
        for (Recorded each : Recorded.read("assign/torchvision.json").cases("anchors")) {
            Priors anchors = GRIDS.get(each.text("name"))
                    .priors(each.integer("width"), each.integer("height"), 8, 16, 32, 64, 128);
            assertThat(anchors.box()).as("%s", each.text("name")).isEqualTo(each.floats("boxes"));
        }
    }

    @Test
    void levelsStandOneAfterTheOther() {
        Priors anchors = AnchorGrid.retinanet().priors(70, 50, 8, 16, 32, 64, 128);
        assertThat(anchors.levelStart()).containsExactly(0, 567, 747, 801, 819, 828);
        assertThat(AnchorGrid.retinanet().perCell(0)).isEqualTo(9);
        assertThat(anchors.stride()[0]).as("70 pixels in 9 columns").isEqualTo(7);
        assertThat(anchors.stride()[827]).isEqualTo(70);
    }

    @Test
    void impossibleAnchorsAreRefused() {
        assertThatThrownBy(() -> new AnchorGrid(List.of(), List.of(1.0))).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new AnchorGrid(List.of(List.of(-3.0)), List.of(1.0)))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> AnchorGrid.rpn().priors(64, 64, 8, 16)).hasMessageContaining("5 levels");
    }
}
