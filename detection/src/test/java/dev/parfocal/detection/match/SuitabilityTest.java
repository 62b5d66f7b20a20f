package dev.parfocal.detection.match;

import static dev.parfocal.detection.assign.Priors.Kind.ANCHORS;
import static dev.parfocal.detection.assign.Priors.Kind.CELLS;
import static dev.parfocal.detection.assign.Priors.Kind.PROPOSALS;
import static dev.parfocal.detection.assign.Priors.Kind.QUERIES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.AtssAssigner;
import dev.parfocal.detection.assign.CentreSamplingAssigner;
import dev.parfocal.detection.assign.FixedAssigner;
import dev.parfocal.detection.assign.MaxIouAssigner;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.assign.TaskAlignedAssigner;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which assigner can teach predictions that start from what. */
class SuitabilityTest {

    static Stream<Arguments> assigners() {
        return Stream.of(
                Arguments.of(MaxIouAssigner.retinanet(), Set.of(ANCHORS, PROPOSALS)),
                Arguments.of(AtssAssigner.standard(), Set.of(CELLS, ANCHORS)),
                Arguments.of(new AtssAssigner(9, null, true), Set.of(ANCHORS)),
                Arguments.of(TaskAlignedAssigner.standard(), Set.of(CELLS, ANCHORS)),
                Arguments.of(CentreSamplingAssigner.fcos(), Set.of(CELLS, ANCHORS)),
                Arguments.of(SimOtaAssigner.yolox(), Set.of(CELLS, ANCHORS)),
                Arguments.of(HungarianAssigner.rtDetr(64, 64), Set.of(QUERIES)),
                Arguments.of(new FixedAssigner(), Set.of(CELLS, ANCHORS, PROPOSALS, QUERIES)));
    }

    @ParameterizedTest
    @MethodSource("assigners")
    void anAssignerSaysWhatItCannotTeachAndWhy(Assigner assigner, Set<Priors.Kind> suited) {
        for (Priors.Kind kind : Priors.Kind.values()) {
            assertThat(assigner.unsuitable(kind).isEmpty()).as("%s", kind).isEqualTo(suited.contains(kind));
            assigner.unsuitable(kind).ifPresent(reason -> assertThat(reason).hasSizeGreaterThan(40));
        }
    }
}
