package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
    private static final Frame FRAME = Frame.of(64, 64);
    private static final int BATCH = 4;
    private static final int EPOCHS = 4;

    @TempDir
    private static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
    }

    private record Seen(int pixels, List<List<Annotation>> objects) {}

    /** What the steps of all epochs see. */
    private static List<Seen> steps(int threads, Map<String, ?> changes) throws InterruptedException {
        RunConfig config =
                RunConfig.configuration().with(Map.copyOf(changes), "test").value();
        EpochOrder order = EpochOrder.shuffled(scenes.samples(), BATCH, 3);
        Views views = new Views(scenes.samples(), new ImageCache(FRAME, 20_000), FRAME, config.augment());
        List<Seen> seen = new ArrayList<>();
        try (Batches batches = new Batches(order, views, FRAME, threads, EPOCHS, 3, 0)) {
            for (int step = 0; step < EPOCHS * order.perEpoch(); step++) {
                Batches.Images images = batches.next();
                float[] planes = new float[images.planes().limit()];
                images.planes().get(0, planes);
                seen.add(new Seen(Arrays.hashCode(planes), images.objects()));
            }
        }
        return seen;
    }

    @Test
    void stepsSeeTheSameWithAnyNumberOfThreads() throws InterruptedException {
        Map<String, Double> changes = Map.of("augment.mosaic.probability", 0.5, "augment.mixup.probability", 0.5);
        assertThat(steps(5, changes)).isEqualTo(steps(1, changes)).doesNotHaveDuplicates();
        assertThat(steps(3, Map.of())).isEqualTo(steps(1, Map.of()));
    }

    @Test
    void theLastEpochsSeeNoMosaicsAndNothingMixed() throws InterruptedException {
        List<Seen> plain = steps(1, Map.of());
        List<Seen> mosaics = steps(1, Map.of("augment.mosaic.probability", 1, "augment.mosaic.until", 0.5));
        List<Seen> mixed = steps(1, Map.of("augment.mixup.probability", 1, "augment.mixup.until", 0.5));
        int half = plain.size() / 2;
        assertThat(mosaics.subList(half, plain.size())).isEqualTo(plain.subList(half, plain.size()));
        assertThat(mixed.subList(half, plain.size())).isEqualTo(plain.subList(half, plain.size()));
        assertThat(mosaics.subList(0, half)).doesNotContainAnyElementsOf(plain);
        assertThat(objects(mosaics.subList(0, half))).isGreaterThan(objects(plain.subList(0, half)));
        for (int step = 0; step < half; step++) {
            for (int image = 0; image < BATCH; image++) {
                assertThat(mixed.get(step).objects().get(image))
                        .containsAll(plain.get(step).objects().get(image));
            }
        }
    }

    private static int objects(List<Seen> steps) {
        return steps.stream()
                .flatMap(step -> step.objects().stream())
                .mapToInt(List::size)
                .sum();
    }
}
