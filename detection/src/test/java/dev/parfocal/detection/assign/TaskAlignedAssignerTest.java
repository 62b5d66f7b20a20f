package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskAlignedAssignerTest {

    private record Expected(int[] owner, double[] alignment) {}

    /** Section 3.2 of the paper on whole matrices. */
    private static Expected paper(TaskAlignedAssigner settings, List<Annotation> objects, Scenes.Arrays predicted) {
        int size = Scenes.POINTS.size();
        double[][] u = new double[objects.size()][size];
        double[][] t = new double[objects.size()][size];
        boolean[][] chosen = new boolean[objects.size()][size];
        for (int g = 0; g < objects.size(); g++) {
            Box box = objects.get(g).box();
            for (int at = 0; at < size; at++) {
                double score =
                        predicted.scores()[at * Scenes.CLASSES + objects.get(g).label()];
                u[g][at] = box.iou(predicted.box(at));
                t[g][at] = Math.pow(score, settings.alpha()) * Math.pow(u[g][at], settings.beta());
            }
            double[] alignment = t[g];
            boolean[] row = chosen[g];
            IntStream.range(0, size)
                    .filter(at -> Scenes.inside(box, at))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer at) -> -alignment[at])
                            .thenComparingDouble(at -> Scenes.distance(box, at)))
                    .limit(settings.topK())
                    .forEach(at -> row[at] = true);
        }
        int[] owner = new int[size];
        for (int at = 0; at < size; at++) {
            int point = at;
            owner[at] = IntStream.range(0, objects.size())
                    .filter(g -> chosen[g][point])
                    .boxed()
                    .max(Comparator.comparingDouble((Integer g) -> u[g][point])
                            .thenComparingDouble(g -> -objects.get(g).area()))
                    .orElse(-1);
        }
        return new Expected(owner, normalised(owner, t, u));
    }

    private static double[] normalised(int[] owner, double[][] t, double[][] u) {
        double[] result = new double[owner.length];
        for (int g = 0; g < t.length; g++) {
            int object = g;
            int[] own = IntStream.range(0, owner.length)
                    .filter(at -> owner[at] == object)
                    .toArray();
            double mostT =
                    Arrays.stream(own).mapToDouble(at -> t[object][at]).max().orElse(0);
            double mostU =
                    Arrays.stream(own).mapToDouble(at -> u[object][at]).max().orElse(0);
            for (int at : own) {
                result[at] = mostT > 0 ? t[g][at] / mostT * mostU : 0;
            }
        }
        return result;
    }

    @Test
    void agreesWithThePaper() {
        Random random = new Random(8);
        int positives = 0;
        for (double[] exponents : new double[][] {{1, 6}, {0.5, 6}, {1.5, 2.5}, {0, 1}, {1, 0}}) {
            for (int round = 0; round < 40; round++) {
                TaskAlignedAssigner settings =
                        new TaskAlignedAssigner(1 + random.nextInt(13), exponents[0], exponents[1], false);
                List<Annotation> objects = Scenes.objects(random, random.nextInt(12), 4, 150);
                Scenes.Arrays predicted = Scenes.predictions(random);
                Assignment assignment = settings.assign(Scenes.POINTS, objects, predicted.predictions());
                Expected expected = paper(settings, objects, predicted);
                assertThat(assignment.object()).as("%s", settings).isEqualTo(expected.owner());
                for (int at = 0; at < expected.owner().length; at++) {
                    assertThat((double) assignment.alignment()[at]).isCloseTo(expected.alignment()[at], within(1e-6));
                }
                positives += assignment.positives();
            }
        }
        assertThat(positives).isGreaterThan(5000);
    }

    @Test
    void theBestPointOfAnObjectCarriesItsHighestIou() {
        Random random = new Random(9);
        List<Annotation> objects = Scenes.objects(random, 6, 40, 150);
        Scenes.Arrays predicted = Scenes.predictions(random);
        Assignment assignment = TaskAlignedAssigner.standard().assign(Scenes.POINTS, objects, predicted.predictions());
        for (int g = 0; g < objects.size(); g++) {
            Box box = objects.get(g).box();
            double iou = 0;
            double best = 0;
            for (int at = 0; at < Scenes.POINTS.size(); at++) {
                if (assignment.object()[at] == g) {
                    iou = Math.max(iou, box.iou(predicted.box(at)));
                    best = Math.max(best, assignment.alignment()[at]);
                }
            }
            assertThat(best).isCloseTo(iou, within(1e-6));
        }
    }

    @Test
    void aMinimumIouTakesAwayThePointsBelowItAndNoOthers() {
        Random random = new Random(10);
        List<Annotation> objects = List.of(Annotation.of(new Box(40, 30, 200, 180), 1));
        Scenes.Arrays predicted = Scenes.predictions(random);
        Assignment all =
                new TaskAlignedAssigner(1000, 1, 6, false).assign(Scenes.POINTS, objects, predicted.predictions());
        Assignment some =
                new TaskAlignedAssigner(1000, 1, 6, 0.1, false).assign(Scenes.POINTS, objects, predicted.predictions());
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            boolean stays = all.object()[at] == 0 && objects.get(0).box().iou(predicted.box(at)) >= 0.1;
            assertThat(some.object()[at]).isEqualTo(stays ? 0 : -1);
        }
        assertThat(some.positives()).isBetween(1, all.positives() - 1);
        Assignment none =
                new TaskAlignedAssigner(1000, 1, 6, 1, true).assign(Scenes.POINTS, objects, predicted.predictions());
        assertThat(none.positives()).as("every object keeps a point").isEqualTo(1);
    }

    @Test
    void predictionsThatOverlapNothingStillGiveTheNearestPoints() {
        float[] nowhere = new float[4 * Scenes.POINTS.size()];
        float[] scores = new float[Scenes.CLASSES * Scenes.POINTS.size()];
        Annotation object = Annotation.of(new Box(40, 40, 90, 90), 1);
        Assignment assignment = new TaskAlignedAssigner(4, 1, 6, true)
                .assign(Scenes.POINTS, List.of(object), Predictions.of(scores, Scenes.CLASSES, nowhere));
        assertThat(assignment.positives()).isEqualTo(4);
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            if (assignment.object()[at] == 0) {
                assertThat(Scenes.distance(object.box(), at)).isLessThan(12);
                assertThat(assignment.alignment()[at]).isZero();
            }
        }
    }

    @Test
    void predictionsThatAreNotNumbersAlignWithNothing() {
        float[] boxes = new float[4 * Scenes.POINTS.size()];
        float[] scores = new float[Scenes.CLASSES * Scenes.POINTS.size()];
        Arrays.fill(boxes, Float.NaN);
        Arrays.fill(scores, Float.NaN);
        Annotation object = Annotation.of(new Box(40, 40, 90, 90), 1);
        Assignment assignment = TaskAlignedAssigner.standard()
                .assign(Scenes.POINTS, List.of(object), Predictions.of(scores, Scenes.CLASSES, boxes));
        assertThat(assignment.positives()).isEqualTo(13);
        assertThat(assignment.alignment()).containsOnly(0);
    }

    @Test
    void impossibleSettingsAndMissingPredictionsAreRefused() {
        assertThatThrownBy(() -> new TaskAlignedAssigner(0, 1, 6, true)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> new TaskAlignedAssigner(1, 1, 6, 1.5, true)).hasMessageContaining("minIou");
        assertThatThrownBy(() -> new TaskAlignedAssigner(1, Double.NaN, 6, true))
                .isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Predictions.of(new float[5], 2, new float[8])).isInstanceOf(ParfocalException.class);
        List<Annotation> objects = List.of(Annotation.of(new Box(40, 40, 90, 90), 1));
        assertThatThrownBy(() -> TaskAlignedAssigner.standard().assign(Scenes.POINTS, objects, Predictions.none()))
                .isInstanceOf(ParfocalException.class);
    }
}
