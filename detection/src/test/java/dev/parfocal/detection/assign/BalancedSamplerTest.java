package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancedSamplerTest {

    private static final List<Annotation> OBJECT = List.of(Annotation.of(new Box(1, 2, 3, 4), 7));

    private static Assignment assignment(int positives, int negatives, int ignored) {
        int[] owner = new int[positives + negatives + ignored];
        Arrays.fill(owner, positives, positives + negatives, Assignment.BACKGROUND);
        Arrays.fill(owner, positives + negatives, owner.length, Assignment.IGNORE);
        return Assignment.of(owner, OBJECT);
    }

    private static long count(Assignment assignment, int label) {
        return Arrays.stream(assignment.label()).filter(l -> l == label).count();
    }

    @Test
    void asManyAreDrawnAsByTorchvision() {
        for (Recorded each : Recorded.read("assign/torchvision.json").cases("sampler")) {
            Assignment all = assignment(each.integer("positives"), each.integer("negatives"), 20);
            Assignment drawn = new BalancedSampler(each.integer("size"), each.number("fraction")).sample(all, 1);
            assertThat(count(drawn, 7)).isEqualTo(each.integer("chosen")).isEqualTo(drawn.positives());
            assertThat(count(drawn, Assignment.BACKGROUND)).isEqualTo(each.integer("background"));
        }
    }

    @Test
    void theDrawnKeepWhatTheyLearnAndTheOthersLearnNothing() {
        Assignment all = assignment(50, 50, 5);
        Assignment drawn = new BalancedSampler(40, 0.5).sample(all, 3);
        for (int i = 0; i < all.label().length; i++) {
            boolean kept = drawn.label()[i] != Assignment.IGNORE;
            assertThat(drawn.label()[i]).isEqualTo(kept ? all.label()[i] : Assignment.IGNORE);
            assertThat(drawn.object()[i]).isEqualTo(kept ? all.object()[i] : -1);
            assertThat(drawn.targetBox()[4 * i + 3]).isEqualTo(kept ? all.targetBox()[4 * i + 3] : 0);
            assertThat(drawn.alignment()[i]).isEqualTo(kept ? all.alignment()[i] : 0);
        }
        assertThat(all.positives()).as("the given assignment stays as it was").isEqualTo(50);
    }

    @Test
    void theSeedDecides() {
        Assignment all = assignment(300, 3000, 0);
        BalancedSampler sampler = new BalancedSampler(256, 0.5);
        assertThat(sampler.sample(all, 5).label())
                .isEqualTo(sampler.sample(all, 5).label());
        assertThat(sampler.sample(all, 5).label())
                .isNotEqualTo(sampler.sample(all, 6).label());
    }

    @Test
    void everyPriorIsDrawnAboutEquallyOften() {
        Assignment all = assignment(40, 0, 0);
        int[] times = new int[40];
        for (int seed = 0; seed < 4000; seed++) {
            int[] label = new BalancedSampler(20, 0.5).sample(all, seed).label();
            for (int i = 0; i < 40; i++) {
                times[i] += label[i] == 7 ? 1 : 0;
            }
        }
        // 10 of 40 in 4000 draws: 1000 times, with a standard deviation of 27.
        assertThat(Arrays.stream(times).boxed())
                .allSatisfy(often -> assertThat(often).isBetween(850, 1150));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new BalancedSampler(0, 0.5)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new BalancedSampler(10, 1.5)).hasMessageContaining("[0, 1]");
    }
}
