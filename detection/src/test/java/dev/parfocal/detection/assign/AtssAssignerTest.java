package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtssAssignerTest {

    private static final AtssAssigner PAPER = new AtssAssigner(9, 8.0, false);

    /** Algorithm 1 of the paper, line by line, on whole matrices. */
    private static int[] paper(List<Annotation> objects, int k) {
        Priors points = Scenes.POINTS;
        double[] best = new double[points.size()];
        int[] owner = new int[points.size()];
        Arrays.fill(owner, -1);
        for (int g = 0; g < objects.size(); g++) {
            Box box = objects.get(g).box();
            List<Integer> candidates = new ArrayList<>();
            for (int level = 0; level < points.levels(); level++) {
                IntStream.range(points.levelStart()[level], points.levelStart()[level + 1])
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> Scenes.distance(box, i)))
                        .limit(k)
                        .forEach(candidates::add);
            }
            double[] overlaps = candidates.stream()
                    .mapToDouble(i -> box.iou(anchorBox(points, i)))
                    .toArray();
            double mean = Arrays.stream(overlaps).average().orElseThrow();
            double variance = Arrays.stream(overlaps)
                            .map(overlap -> Math.pow(overlap - mean, 2))
                            .sum()
                    / (overlaps.length - 1);
            double threshold = mean + Math.sqrt(variance);
            for (int i = 0; i < overlaps.length; i++) {
                int anchor = candidates.get(i);
                if (overlaps[i] >= threshold && Scenes.inside(box, anchor) && overlaps[i] > best[anchor]) {
                    best[anchor] = overlaps[i];
                    owner[anchor] = g;
                }
            }
        }
        return owner;
    }

    private static Box anchorBox(Priors points, int i) {
        double side = 8 * points.stride()[i];
        return Box.ofCxcywh(points.x(i), points.y(i), side, side);
    }

    @Test
    void agreesWithThePapersAlgorithm() {
        Random random = new Random(5);
        int positives = 0;
        for (int round = 0; round < 300; round++) {
            List<Annotation> objects = Scenes.objects(random, random.nextInt(12), 4, 200);
            Assignment assignment = PAPER.assign(Scenes.POINTS, objects, Predictions.none());
            assertThat(assignment.object()).as("round %d", round).isEqualTo(paper(objects, 9));
            positives += assignment.positives();
        }
        assertThat(positives).isGreaterThan(3000);
    }

    @Test
    void anotherNumberOfCandidatesIsNoticed() {
        List<Annotation> objects = Scenes.objects(new Random(6), 8, 20, 200);
        assertThat(PAPER.assign(Scenes.POINTS, objects, Predictions.none()).object())
                .isNotEqualTo(paper(objects, 8));
    }

    @Test
    void aMinimumIouTakesAwayThePointsBelowItAndNoOthers() {
        List<Annotation> objects = List.of(Annotation.of(new Box(60, 50, 250, 180), 0));
        Assignment all = PAPER.assign(Scenes.POINTS, objects, Predictions.none());
        double[] overlaps = IntStream.range(0, Scenes.POINTS.size())
                .filter(at -> all.object()[at] == 0)
                .mapToDouble(at -> objects.get(0).box().iou(anchorBox(Scenes.POINTS, at)))
                .sorted()
                .toArray();
        double middle = overlaps[overlaps.length / 2];
        Assignment some = new AtssAssigner(9, 8.0, middle, false).assign(Scenes.POINTS, objects, Predictions.none());
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            Box anchor = anchorBox(Scenes.POINTS, at);
            boolean stays = all.object()[at] == 0 && objects.get(0).box().iou(anchor) >= middle;
            assertThat(some.object()[at]).isEqualTo(stays ? 0 : -1);
        }
        assertThat(some.positives()).isBetween(1, all.positives() - 1);
    }

    @Test
    void doesNotGradeItsPoints() {
        List<Annotation> objects = Scenes.objects(new Random(7), 8, 20, 200);
        Assignment assignment = AtssAssigner.standard().assign(Scenes.POINTS, objects, Predictions.none());
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            assertThat(assignment.alignment()[at]).isEqualTo(assignment.object()[at] >= 0 ? 1 : 0);
        }
    }

    @Test
    void withoutAScaleThePriorsAreTheAnchorBoxes() {
        Priors points = Scenes.POINTS;
        float[] squares = new float[4 * points.size()];
        for (int at = 0; at < points.size(); at++) {
            Box box = anchorBox(points, at);
            squares[4 * at] = (float) box.x1();
            squares[4 * at + 1] = (float) box.y1();
            squares[4 * at + 2] = (float) box.x2();
            squares[4 * at + 3] = (float) box.y2();
        }
        Priors anchors = new Priors(squares, points.stride(), points.levelStart());
        Random random = new Random(8);
        for (int round = 0; round < 50; round++) {
            List<Annotation> objects = Scenes.objects(random, random.nextInt(12), 4, 200);
            Assignment own = new AtssAssigner(9, null, true).assign(anchors, objects, Predictions.none());
            Assignment scaled = new AtssAssigner(9, 8.0, true).assign(points, objects, Predictions.none());
            assertThat(own.object()).isEqualTo(scaled.object());
            assertThat(own.targetBox()).isEqualTo(scaled.targetBox());
        }
    }

    @Test
    void mapsSmallerThanTheNumberOfCandidatesAreTakenWhole() {
        Priors single = Priors.cells(16, 16, 16, 32);
        Annotation object = Annotation.of(new Box(1, 1, 15, 15), 2);
        assertThat(AtssAssigner.standard()
                        .assign(single, List.of(object), Predictions.none())
                        .positives())
                .isEqualTo(1);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new AtssAssigner(0, 8.0, true)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new AtssAssigner(9, 0.0, true)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new AtssAssigner(9, 8.0, -0.1, true)).hasMessageContaining("minIou");
    }
}
