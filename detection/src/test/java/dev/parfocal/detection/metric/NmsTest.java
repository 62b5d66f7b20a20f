package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NmsTest {

    private final Random random = new Random(4);

    private float[] boxes(int count) {
        float[] boxes = new float[4 * count];
        for (int i = 0; i < count; i++) {
            boxes[4 * i] = random.nextInt(100);
            boxes[4 * i + 1] = random.nextInt(100);
            boxes[4 * i + 2] = boxes[4 * i] + random.nextInt(40);
            boxes[4 * i + 3] = boxes[4 * i + 1] + random.nextInt(40);
        }
        return boxes;
    }

    private static Box box(float[] boxes, int i) {
        return new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
    }

    /** The definition: go through all by score and keep what no kept one of its class covers. */
    private static List<Integer> slow(float[] boxes, float[] scores, int[] labels, double iou, int max) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> -scores[i]));
        List<Integer> kept = new ArrayList<>();
        for (int i : order) {
            boolean covered = kept.stream()
                    .anyMatch(other ->
                            labels[other] == labels[i] && box(boxes, other).iou(box(boxes, i)) > iou);
            if (!covered && kept.size() < max) {
                kept.add(i);
            }
        }
        return kept;
    }

    @Test
    void agreesWithTheDefinition() {
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(80);
            float[] boxes = boxes(count);
            float[] scores = new float[count];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                scores[i] = random.nextInt(10) / 10f;
                labels[i] = random.nextInt(3);
            }
            double iou = random.nextInt(11) / 10.0;
            int max = random.nextInt(60);
            assertThat(Nms.perClass(boxes, scores, labels, iou, max))
                    .containsExactly(slow(boxes, scores, labels, iou, max).toArray(Integer[]::new));
        }
    }

    @Test
    void classesDoNotSuppressEachOther() {
        float[] same = {0, 0, 9, 9, 0, 0, 9, 9, 0, 0, 9, 9};
        float[] scores = {0.5f, 0.9f, 0.7f};
        assertThat(Nms.perClass(same, scores, new int[] {0, 1, 0}, 0.5, 10)).containsExactly(1, 2);
        assertThat(Nms.perClass(same, scores, new int[] {0, 1, 2}, 0.5, 10)).containsExactly(1, 2, 0);
        assertThat(Nms.perClass(same, scores, new int[] {0, 1, 2}, 0.5, 2)).containsExactly(1, 2);
    }

    @Test
    void suppressingTwiceChangesNothing() {
        float[] boxes = boxes(500);
        float[] scores = new float[500];
        for (int i = 0; i < 500; i++) {
            scores[i] = random.nextFloat();
        }
        int[] first = Nms.perClass(boxes, scores, new int[500], 0.4, 500);
        float[] keptBoxes = new float[4 * first.length];
        float[] keptScores = new float[first.length];
        for (int i = 0; i < first.length; i++) {
            System.arraycopy(boxes, 4 * first[i], keptBoxes, 4 * i, 4);
            keptScores[i] = scores[first[i]];
        }
        assertThat(first).hasSizeLessThan(500);
        assertThat(Nms.perClass(keptBoxes, keptScores, new int[first.length], 0.4, 500))
                .containsExactly(IntStream.range(0, first.length).toArray());
    }

    @Test
    void notANumberGoesAndBadInputIsRefused() {
        float[] two = {0, 0, 1, 1, 5, 5, 6, 6};
        assertThat(Nms.perClass(two, new float[] {Float.NaN, 0.1f}, new int[] {-1, 0}, 0.5, 9))
                .containsExactly(1);
        assertThat(Nms.perClass(new float[0], new float[0], new int[0], 0.5, 9)).isEmpty();
        assertThatThrownBy(() -> Nms.perClass(two, new float[1], new int[1], 0.5, 9))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Nms.perClass(two, new float[2], new int[2], 1.5, 9))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Nms.perClass(two, new float[2], new int[] {0, -1}, 0.5, 9))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("label -1");
    }

    @Test
    void withoutSuppressionTheBestStayInTheOrderOfTheirScores() {
        assertThat(Nms.best(new float[] {0.2f, 0.9f, Float.NaN, 0.2f, 0.5f}, 3)).containsExactly(1, 4, 0);
        assertThat(Nms.best(new float[] {0.2f}, 3)).containsExactly(0);
    }
}
