package dev.parfocal.detection.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.detection.Recorded;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HungarianAssignerTest {

    private static final Recorded RECORDED = Recorded.read("match/matching.json");
    private static final int WIDTH = RECORDED.integer("width");
    private static final int HEIGHT = RECORDED.integer("height");
    private static final int CLASSES = RECORDED.integer("classes");
    private static final HungarianAssigner RT_DETR = HungarianAssigner.rtDetr(WIDTH, HEIGHT);

    /** Centres and sizes in shares of the image as corners in pixels. */
    private static double[] corners(double[] shares) {
        double[] corners = new double[shares.length];
        for (int i = 0; i < shares.length; i += 4) {
            Box box = Box.ofCxcywh(
                    shares[i] * WIDTH, shares[i + 1] * HEIGHT, shares[i + 2] * WIDTH, shares[i + 3] * HEIGHT);
            corners[i] = box.x1();
            corners[i + 1] = box.y1();
            corners[i + 2] = box.x2();
            corners[i + 3] = box.y2();
        }
        return corners;
    }

    private static Predictions predictions(Recorded each) {
        double[] corners = corners(each.numbers("boxes"));
        float[] boxes = new float[corners.length];
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = (float) corners[i];
        }
        return Predictions.ofLogits(each.floats("logits"), CLASSES, boxes);
    }

    private static List<Annotation> objects(Recorded each) {
        int[] labels = each.integers("labels");
        double[] c = corners(each.numbers("objects"));
        return IntStream.range(0, labels.length)
                .mapToObj(i -> Annotation.of(new Box(c[4 * i], c[4 * i + 1], c[4 * i + 2], c[4 * i + 3]), labels[i]))
                .toList();
    }

    private static Priors queries(int count) {
        return Priors.boxes(new float[4 * count]);
    }

    @Test
    void costsAreThoseOfRtDetr() {
        for (Recorded each : RECORDED.cases("detr")) {
            List<Annotation> objects = objects(each);
            double[] expected = each.numbers("cost");
            int queries = expected.length / objects.size();
            double[][] cost = new double[objects.size()][queries];
            RT_DETR.costs().forEach(part -> part.add(predictions(each), objects, cost));
            for (int i = 0; i < expected.length; i++) {
                int object = i / queries;
                // The GIoU loss is 1 - GIoU, and the cost there is -GIoU, with weight 2.
                assertThat(cost[object][i % queries] - 2)
                        .isCloseTo(
                                expected[i],
                                within(slack(predictions(each)
                                        .logit(i % queries, objects.get(object).label()))));
            }
        }
    }

    /** What float32 and the 1e-8 that are added within the logarithms there, to p and to 1 - p, can make of a cost. */
    private static double slack(double logit) {
        return 1e-5 + 2 * 1e-8 * (0.25 * (1 + Math.exp(-logit)) + 0.75 * (1 + Math.exp(logit)));
    }

    @Test
    void matchesAreThoseOfRtDetr() {
        for (Recorded each : RECORDED.cases("detr")) {
            int[] owner = each.integers("owner");
            Assignment assignment = RT_DETR.assign(queries(owner.length), objects(each), predictions(each));
            assertThat(assignment.object()).isEqualTo(owner);
        }
    }

    @Test
    void permutingObjectsOrQueriesPermutesTheMatches() {
        Recorded each = RECORDED.cases("detr").get(3);
        int[] owner = each.integers("owner");
        List<Annotation> objects = objects(each);
        Predictions now = predictions(each);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, objects.size()).boxed().toList());
        Collections.shuffle(order, new Random(4));
        Assignment shuffled = RT_DETR.assign(
                queries(owner.length), order.stream().map(objects::get).toList(), now);
        int[] reversed =
                IntStream.range(0, owner.length).map(i -> owner.length - 1 - i).toArray();
        Assignment backward = RT_DETR.assign(queries(owner.length), objects, new Selection(now, reversed));
        for (int query = 0; query < owner.length; query++) {
            int object = shuffled.object()[query];
            assertThat(object < 0 ? -1 : order.get(object)).isEqualTo(owner[query]);
            assertThat(backward.object()[reversed[query]]).isEqualTo(owner[query]);
        }
    }

    @Test
    void aCostThatIsNotANumberIsRefusedWithItsPlace() {
        Annotation object = Annotation.of(new Box(0, 0, 10, 10), 1);
        float[] boxes = {0, 0, 5, 5, 0, 0, 9, 9};
        Predictions now = Predictions.ofLogits(new float[] {0, 0, 0, Float.NaN}, 2, boxes);
        assertThatThrownBy(() -> RT_DETR.assign(queries(2), List.of(object), now))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("query 1 with an object of class 1")
                .hasMessageContaining("NaN");
    }

    @Test
    void moreObjectsThanQueriesAreRefused() {
        List<Annotation> objects = Collections.nCopies(3, Annotation.of(new Box(0, 0, 10, 10), 0));
        Predictions now = Predictions.ofLogits(new float[2], 1, new float[8]);
        assertThatThrownBy(() -> RT_DETR.assign(queries(2), objects, now))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("3 objects")
                .hasMessageContaining("2 queries");
    }

    @Test
    void queriesInACrowdAreIgnoredUnlessTheyAreMatched() {
        Box region = new Box(100, 100, 300, 300);
        List<Annotation> objects =
                List.of(new Annotation(region, 0, true, region.area()), Annotation.of(new Box(150, 150, 200, 200), 1));
        float[] boxes = {150, 150, 201, 200, 210, 210, 290, 290, 310, 310, 390, 390};
        Assignment assignment = RT_DETR.assign(queries(3), objects, Predictions.ofLogits(new float[6], 2, boxes));
        assertThat(assignment.label()).containsExactly(1, Assignment.IGNORE, Assignment.BACKGROUND);
        assertThat(assignment.object()).containsExactly(1, -1, -1);
    }

    @Test
    void objectsThatCannotBeLearntAreLeftOut() {
        List<Annotation> objects = List.of(Annotation.of(new Box(5, 5, 5, 9), 0));
        Assignment assignment = RT_DETR.assign(
                queries(2), objects, Predictions.ofLogits(new float[2], 1, new float[] {0, 0, 1, 1, 2, 2, 3, 3}));
        assertThat(assignment.label()).containsOnly(Assignment.BACKGROUND);
    }

    @Test
    void costsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new HungarianAssigner(List.of())).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> Cost.of(Catalogue.get("distribution_focal"), 1))
                .hasMessageContaining("rows");
        assertThatThrownBy(() -> Cost.of(Catalogue.get("focal"), 0)).hasMessageContaining("focal");
        assertThatThrownBy(() -> new DistanceCost(5, 0, 10)).isInstanceOf(ParfocalException.class);
    }
}
