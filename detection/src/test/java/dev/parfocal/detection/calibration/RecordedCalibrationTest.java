package dev.parfocal.detection.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.metric.Matches;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Agreement with measures that were computed independently of this code. */
class RecordedCalibrationTest {

    private static final Offset<Double> TINY = within(1e-12);

    static List<CalibrationCase> cases() {
        return CalibrationCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void calibrationErrorsAgree(CalibrationCase recorded) {
        Matches half = recorded.at(0.5);
        Matches any = recorded.at(0);

        assertThat(CalibrationError.dEce(half, 25)).isCloseTo(recorded.number("dEce"), TINY);
        assertThat(CalibrationError.laEce(half, 25)).isCloseTo(recorded.number("laEce"), TINY);
        assertThat(CalibrationError.laEce(any, 25)).isCloseTo(recorded.number("laEce0"), TINY);
        assertThat(CalibrationError.laAce(any)).isCloseTo(recorded.number("laAce0"), TINY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anErrorOfAnotherBinningOrMatchingWouldBeNoticed(CalibrationCase recorded) {
        assertThat(CalibrationError.dEce(recorded.at(0.5), 24)).isNotCloseTo(recorded.number("dEce"), TINY);
        assertThat(CalibrationError.dEce(recorded.at(0.8), 25)).isNotCloseTo(recorded.number("dEce"), TINY);
        assertThat(CalibrationError.laAce(recorded.at(0.3))).isNotCloseTo(recorded.number("laAce0"), TINY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lrpAgrees(CalibrationCase recorded) {
        List<Lrp> perClass = Lrp.perClass(recorded.at(0.5), 0.5);

        assertThat(perClass).hasSize(3);
        long[] ids = {2, 5, 9, 11};
        for (Lrp lrp : perClass) {
            JsonNode expected = recorded.expected().get("lrp").get(String.valueOf(ids[lrp.label()]));
            assertThat(lrp.error()).isCloseTo(expected.get(0).asDouble(), TINY);
            assertThat(lrp.localization()).isCloseTo(expected.get(1).asDouble(), TINY);
            assertThat(lrp.falsePositives()).isCloseTo(expected.get(2).asDouble(), TINY);
            assertThat(lrp.falseNegatives()).isCloseTo(expected.get(3).asDouble(), TINY);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rankCorrelationsAgree(CalibrationCase recorded) {
        RankCorrelation correlation = new RankCorrelation(recorded.at(0.5));

        assertThat(correlation.spearman()).isCloseTo(recorded.number("spearman"), TINY);
        assertThat(correlation.kendall()).isCloseTo(recorded.number("kendall"), TINY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void calibratorsAgree(CalibrationCase recorded) {
        Matches half = recorded.at(0.5);
        double[] score = new double[half.size()];
        for (int i = 0; i < score.length; i++) {
            score[i] = half.score(i);
        }

        assertThat(TemperatureScaling.fit(score, Target.HIT.of(half)).temperature())
                .isCloseTo(recorded.number("temperature"), within(1e-5));
        assertThat(TemperatureScaling.fit(score, Target.IOU.of(half)).temperature())
                .isCloseTo(recorded.number("temperatureIou"), within(1e-5));
        IsotonicRegression isotonic = IsotonicRegression.fit(score, Target.IOU.of(half));
        JsonNode scores = recorded.expected().get("isotonicScores");
        for (int i = 0; i < scores.size(); i++) {
            double expected = recorded.expected().get("isotonicValues").get(i).asDouble();
            assertThat(isotonic.apply(scores.get(i).asDouble())).isCloseTo(expected, TINY);
        }
    }
}
