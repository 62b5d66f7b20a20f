package dev.parfocal.detection.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalSelectionTest {

    private static final List<Recorded> TORCHVISION =
            Recorded.read("assign/torchvision.json").cases("rpn");

    private static Priors levels(int... counts) {
        int[] start = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            start[i + 1] = start[i] + counts[i];
        }
        int size = start[counts.length];
        return new Priors(new float[4 * size], new float[size], start);
    }

    private static Proposals select(Recorded each, int perLevel) {
        ProposalSelection selection =
                new ProposalSelection(perLevel, each.integer("kept"), each.number("overlap"), 1e-3);
        Predictions now = Predictions.ofLogits(each.floats("logits"), 1, each.floats("boxes"));
        return selection.select(levels(each.integers("counts")), now, each.integer("width"), each.integer("height"));
    }

    @Test
    void proposalsAreThoseOfTorchvision() {
        for (Recorded each : TORCHVISION) {
            Proposals proposals = select(each, each.integer("perLevel"));
            assertThat(proposals.box()).isEqualTo(each.floats("proposals"));
            double[] scores = each.numbers("scores");
            for (int i = 0; i < scores.length; i++) {
                assertThat(1 / (1 + Math.exp(-proposals.logit()[i]))).isCloseTo(scores[i], within(1e-6));
            }
        }
    }

    @Test
    void anotherNumberPerLevelIsNoticed() {
        Recorded each = TORCHVISION.get(0);
        assertThat(select(each, 10).box()).isNotEqualTo(each.floats("proposals"));
    }

    @Test
    void whatIsNotANumberIsNeverProposed() {
        float nan = Float.NaN;
        Predictions now = Predictions.ofLogits(new float[] {nan, 3, 2, Float.POSITIVE_INFINITY}, 1, new float[] {
            0, 0, 9, 9, nan, 0, 9, 9, 10, 10, 20, 20, 30, 30, 40, 40
        });
        Proposals proposals = ProposalSelection.use().select(levels(4), now, 100, 100);
        assertThat(proposals.box()).containsExactly(30, 30, 40, 40, 10, 10, 20, 20);
        assertThat(proposals.size()).isEqualTo(2);
    }

    @Test
    void equalLogitsCountInTheOrderOfThePriors() {
        float[] boxes = new float[40];
        for (int i = 0; i < 10; i++) {
            Arrays.fill(boxes, 4 * i, 4 * i + 2, 10 * i);
            Arrays.fill(boxes, 4 * i + 2, 4 * i + 4, 10 * i + 10);
        }
        float[] logits = {0, -0f, 0, 0, 0, 0, -0f, 0, 0, 0};
        Proposals proposals = new ProposalSelection(3, 2, 0.5, 1)
                .select(levels(10), Predictions.ofLogits(logits, 1, boxes), 100, 100);
        assertThat(proposals.box()).containsExactly(0, 0, 10, 10, 10, 10, 20, 20);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new ProposalSelection(0, 1, 0.7, 0)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new ProposalSelection(1, 1, 1.7, 0)).hasMessageContaining("overlap");
    }
}
