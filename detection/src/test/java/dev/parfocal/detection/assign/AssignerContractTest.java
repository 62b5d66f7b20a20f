package dev.parfocal.detection.assign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.match.SimOtaAssigner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every assigner. */
class AssignerContractTest {

    private final Random random = new Random(10);
    private final Predictions predictions = Scenes.predictions(random).predictions();

    /** Those that help every object to a point. */
    static Stream<Assigner> helping() {
        return Stream.of(AtssAssigner.standard(), TaskAlignedAssigner.standard());
    }

    static Stream<Assigner> assigners() {
        return Stream.concat(
                helping(),
                Stream.of(
                        MaxIouAssigner.retinanet(),
                        CentreSamplingAssigner.fcos(),
                        SimOtaAssigner.yolox(),
                        SimOtaAssigner.mmdetection()));
    }

    private Assignment assign(Assigner assigner, List<Annotation> objects) {
        return assigner.assign(Scenes.POINTS, objects, predictions);
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void permutingTheObjectsPermutesTheResult(Assigner assigner) {
        for (int round = 0; round < 50; round++) {
            List<Annotation> objects = Scenes.objects(random, 20, 1, 120);
            List<Integer> order = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
            Collections.shuffle(order, random);
            Assignment straight = assign(assigner, objects);
            Assignment shuffled =
                    assign(assigner, order.stream().map(objects::get).toList());
            assertThat(shuffled.label()).isEqualTo(straight.label());
            assertThat(shuffled.targetBox()).isEqualTo(straight.targetBox());
            assertThat(shuffled.alignment()).isEqualTo(straight.alignment());
            for (int at = 0; at < Scenes.POINTS.size(); at++) {
                int object = shuffled.object()[at];
                assertThat(object < 0 ? -1 : order.get(object)).isEqualTo(straight.object()[at]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void targetsAreThoseOfTheOwner(Assigner assigner) {
        List<Annotation> objects = Scenes.objects(random, 20, 10, 120);
        Assignment assignment = assign(assigner, objects);
        assertThat(assignment.positives()).isGreaterThan(20);
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            int owner = assignment.object()[at];
            Box box = owner < 0 ? new Box(0, 0, 0, 0) : objects.get(owner).box();
            assertThat(assignment.label()[at])
                    .isEqualTo(
                            owner < 0
                                    ? Assignment.BACKGROUND
                                    : objects.get(owner).label());
            assertThat(java.util.Arrays.copyOfRange(assignment.targetBox(), 4 * at, 4 * at + 4))
                    .containsExactly((float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2());
            assertThat(assignment.alignment()[at]).isBetween(0f, owner < 0 ? 0f : 1f);
        }
    }

    @ParameterizedTest
    @MethodSource("helping")
    void positivesLieInsideTheirObjectUnlessItIsHelped(Assigner assigner) {
        List<Annotation> objects = Scenes.objects(random, 10, 60, 120);
        Assignment assignment = assign(assigner, objects);
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            if (assignment.object()[at] >= 0) {
                assertThat(Scenes.inside(objects.get(assignment.object()[at]).box(), at))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helping")
    void everyObjectGetsAPointHoweverSmallOrCovered(Assigner assigner) {
        for (int round = 0; round < 20; round++) {
            List<Annotation> objects = new ArrayList<>(Scenes.objects(random, 15, 0.1, 5));
            objects.addAll(objects.subList(0, 5));
            objects.addAll(Scenes.objects(random, 15, 30, 300));
            Assignment assignment = assign(assigner, objects);
            assertThat(assignment.statistics(Scenes.POINTS, objects.size()).unmatched())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("helping")
    void aTinyObjectGetsTheNearestPointOfTheFinestLevel(Assigner assigner) {
        List<Annotation> objects = List.of(Annotation.of(new Box(17, 33, 19, 35), 2));
        Assignment assignment = assign(assigner, objects);
        int cell = (34 / 8) * 40 + 18 / 8;
        assertThat(assignment.object()[cell]).isZero();
        assertThat(assignment.positives()).isEqualTo(1);
        assertThat(assignment.statistics(Scenes.POINTS, 1).positives()).containsExactly(1, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void anImageWithoutObjectsIsAllBackground(Assigner assigner) {
        Assignment assignment = assign(assigner, List.of());
        assertThat(assignment.label()).containsOnly(Assignment.BACKGROUND);
        assertThat(assignment.object()).containsOnly(-1);
        assertThat(assignment.positives()).isZero();
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void unusableBoxesOwnNothing(Assigner assigner) {
        double nan = Double.NaN;
        List<Annotation> objects = Stream.of(
                        new Box(50, 50, 50, 90),
                        new Box(90, 90, 50, 50),
                        new Box(nan, 0, 90, 90),
                        new Box(0, 0, Double.POSITIVE_INFINITY, 90))
                .map(box -> Annotation.of(box, 0))
                .toList();
        Assignment assignment = assign(assigner, objects);
        assertThat(assignment.positives()).isZero();
        assertThat(assignment.statistics(Scenes.POINTS, 4).unmatched()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void pointsInACrowdAreIgnoredUnlessAnObjectOwnsThem(Assigner assigner) {
        Box crowd = new Box(40, 40, 200, 200);
        List<Annotation> objects = List.of(Scenes.crowd(crowd), Annotation.of(new Box(60, 60, 120, 120), 1));
        Assignment assignment = assign(assigner, objects);
        Assignment alone = assign(assigner, objects.subList(1, 2));
        int ignored = 0;
        for (int at = 0; at < Scenes.POINTS.size(); at++) {
            boolean owned = assignment.object()[at] == 1;
            assertThat(owned).isEqualTo(alone.object()[at] == 0);
            boolean ignore = !owned && Scenes.inside(crowd, at);
            assertThat(assignment.label()[at] == Assignment.IGNORE).isEqualTo(ignore);
            ignored += ignore ? 1 : 0;
        }
        assertThat(assignment.statistics(Scenes.POINTS, 1))
                .extracting(AssignmentStatistics::ignored, AssignmentStatistics::unmatched)
                .containsExactly(ignored, 0);
    }
}
