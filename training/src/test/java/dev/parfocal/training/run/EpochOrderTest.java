package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.sampling.RepeatFactors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    private static final int BATCH = 4;

    /** Of 22 images the first shows class 1, the others class 0. */
    private static final List<Sample> SAMPLES = IntStream.range(0, 22)
            .mapToObj(i -> new Sample(
                    i, Path.of(i + ".png"), 9, 9, List.of(Annotation.of(new Box(1, 1, 5, 5), i == 0 ? 1 : 0))))
            .toList();

    private static List<Long> epoch(EpochOrder order, int epoch) {
        List<Long> ids = new ArrayList<>();
        for (int step = 0; step < order.perEpoch(); step++) {
            order.at((long) epoch * order.perEpoch() + step).forEach(sample -> ids.add(sample.id()));
        }
        return ids;
    }

    private static EpochOrder fading() {
        RepeatFactors factors = RepeatFactors.of(SAMPLES, 2, 1);
        return EpochOrder.repeated(SAMPLES, BATCH, 7, factors, step -> step < 15 ? 1 - step / 15.0 : 0);
    }

    @Test
    void anEpochShowsEveryImageOnceAndLeavesOutWhatFillsNoBatch() {
        EpochOrder order = EpochOrder.shuffled(SAMPLES, BATCH, 7);
        assertThat(order.perEpoch()).isEqualTo(5);
        assertThat(epoch(order, 0)).hasSize(20).doesNotHaveDuplicates();
        assertThat(epoch(order, 1)).hasSize(20).isNotEqualTo(epoch(order, 0));
        assertThat(order.view(3, 2, 99)).isEqualTo(99);
    }

    @Test
    void rareClassesComeMoreOftenUntilTheyFade() {
        EpochOrder order = fading();
        assertThat(epoch(order, 0).stream().filter(id -> id == 0)).hasSizeBetween(3, 4);
        assertThat(epoch(order, 0)).hasSize(20);
        assertThat(epoch(order, 3)).doesNotHaveDuplicates();
    }

    @Test
    void theOrderFollowsFromSeedAndStepAlone() {
        EpochOrder whole = fading();
        EpochOrder resumed = fading();
        List<Sample> early = whole.at(2);
        List<Sample> late = whole.at(11);
        assertThat(resumed.at(11)).isEqualTo(late);
        assertThat(whole.at(2)).isEqualTo(early);
        assertThat(resumed.view(2, 1, 5)).isEqualTo(whole.view(2, 1, 5));
    }

    @Test
    void eachShowingOfAnImageIsAnotherView() {
        EpochOrder order = fading();
        Set<Long> views = new HashSet<>();
        int shown = 0;
        for (int step = 0; step < order.perEpoch(); step++) {
            for (int place = 0; place < BATCH; place++) {
                if (order.at(step).get(place).id() == 0) {
                    shown++;
                    views.add(order.view(step, place, 1234));
                }
            }
        }
        assertThat(shown).isGreaterThan(2);
        assertThat(views).hasSize(shown).contains(1234L);
    }
}
