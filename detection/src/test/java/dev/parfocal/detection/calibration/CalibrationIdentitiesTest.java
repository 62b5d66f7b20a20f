package dev.parfocal.detection.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Matches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What must hold of the measures whatever the detections. */
class CalibrationIdentitiesTest {

    private static final Offset<Double> TINY = within(1e-12);
    private static final int IMAGES = 200;

    /** One object per image, and one detection whose IoU with it is {@code iou[i]}; 0 lies beside it. */
    private static Matches matches(double[] score, double[] iou, double least) {
        List<Sample> samples = new ArrayList<>();
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < score.length; i++) {
            Annotation object = Annotation.of(new Box(0, 0, 100, 100), 0);
            samples.add(new Sample(i + 1, Path.of(i + ".png"), 400, 400, List.of(object)));
            Box box = iou[i] == 0 ? new Box(200, 200, 300, 300) : new Box(0, 0, 100 * iou[i], 100);
            detections.add(new Detection(i + 1, 0, box, score[i]));
        }
        Dataset data = new Dataset("one each", List.of(new Category(1, "thing")), samples, Map.of());
        return Matcher.match(data, detections, least);
    }

    private static double[] random(long seed, int count) {
        return new Random(seed).doubles(count).toArray();
    }

    @Test
    void scoresThatAreTheirOwnIouHaveNoLocalizationError() {
        double[] iou = random(1, IMAGES);

        assertThat(CalibrationError.laAce(matches(iou, iou, 0))).isCloseTo(0, TINY);
        assertThat(CalibrationError.laEce(matches(iou, iou, 0), 25)).isCloseTo(0, TINY);
        assertThat(new RankCorrelation(matches(iou, iou, 0)).spearman()).isCloseTo(1, TINY);
        assertThat(new RankCorrelation(matches(iou, iou, 0)).kendall()).isCloseTo(1, TINY);
    }

    @Test
    void certainAndWrongIsTheWorstError() {
        double[] ones = IntStream.range(0, 50).mapToDouble(i -> 1).toArray();
        Matches wrong = matches(ones, new double[50], 0.5);

        assertThat(CalibrationError.dEce(wrong, 20)).isEqualTo(1);
        assertThat(CalibrationError.laEce(wrong, 20)).isEqualTo(1);
        assertThat(CalibrationError.laAce(wrong)).isEqualTo(1);
    }

    @Test
    void theErrorOfFinestBinsIsNeverBelowThatOfCoarserOnes() {
        Matches matches = matches(random(2, IMAGES), random(3, IMAGES), 0);

        double previous = CalibrationError.laAce(matches);
        for (int bins : new int[] {64, 16, 4, 1}) {
            double error = CalibrationError.laEce(matches, bins);
            assertThat(error).isLessThanOrEqualTo(previous + 1e-15);
            previous = error;
        }
    }

    @Test
    void anImageThatCountsTwiceIsAsIfThereTwice() {
        double[] score = random(4, 40);
        double[] iou = random(5, 40);
        double[] doubledScore = new double[60];
        double[] doubledIou = new double[60];
        int[] weights = new int[40];
        for (int i = 0, at = 0; i < 40; i++) {
            weights[i] = i % 4 == 0 ? 0 : i % 4 < 3 ? 1 : 4;
            for (int n = 0; n < weights[i]; n++, at++) {
                doubledScore[at] = score[i];
                doubledIou[at] = iou[i];
            }
        }
        Matches weighted = matches(score, iou, 0.5);
        Matches repeated = matches(doubledScore, doubledIou, 0.5);

        assertThat(CalibrationError.dEce(weighted, 25, weights)).isCloseTo(CalibrationError.dEce(repeated, 25), TINY);
        assertThat(CalibrationError.laEce(weighted, 25, weights)).isCloseTo(CalibrationError.laEce(repeated, 25), TINY);
        assertThat(CalibrationError.laAce(weighted, weights)).isCloseTo(CalibrationError.laAce(repeated), TINY);
        assertThat(new RankCorrelation(weighted).spearman(weights))
                .isCloseTo(new RankCorrelation(repeated).spearman(), TINY);
        assertThat(Lrp.mean(Lrp.perClass(weighted, 0.5, weights)))
                .isCloseTo(Lrp.mean(Lrp.perClass(repeated, 0.5)), TINY);
    }

    @Test
    void lrpIsZeroForPerfectionAndOneForNothing() {
        double[] ones = IntStream.range(0, 9).mapToDouble(i -> 1).toArray();

        Lrp perfect = Lrp.perClass(matches(ones, ones, 0.5), 0.5).get(0);
        assertThat(perfect.error()).isZero();
        assertThat(perfect.threshold()).isEqualTo(1);
        Lrp nothing = Lrp.perClass(matches(ones, new double[9], 0.5), 0.5).get(0);
        assertThat(nothing.error()).isEqualTo(1);
        assertThat(nothing.threshold()).isEqualTo(Lrp.NONE);
        assertThat(matches(ones, new double[9], 0.5)
                        .from(Lrp.thresholds(List.of(nothing), 1))
                        .size())
                .isZero();
    }

    @Test
    void temperatureScalingFindsTheTemperatureThatSharpenedTheScores() {
        double[] target = new Random(6).doubles(5000, 0.05, 0.95).toArray();
        double[] sharpened = new double[target.length];
        for (int i = 0; i < target.length; i++) {
            sharpened[i] = 1 / (1 + Math.pow((1 - target[i]) / target[i], 3));
        }

        TemperatureScaling fitted = TemperatureScaling.fit(sharpened, target);

        assertThat(fitted.temperature()).isCloseTo(3, within(1e-6));
        assertThat(fitted.apply(sharpened[7])).isCloseTo(target[7], within(1e-6));
        assertThat(fitted.apply(0.5)).isEqualTo(0.5);
    }

    @Test
    void isotonicRegressionKeepsTheMeanAscendsAndRepeatsAnAscendingTarget() {
        double[] score = random(7, IMAGES);
        double[] target = random(8, IMAGES);

        IsotonicRegression fitted = IsotonicRegression.fit(score, target);

        double[] calibrated = IntStream.range(0, IMAGES)
                .mapToDouble(i -> fitted.apply(score[i]))
                .toArray();
        assertThat(IntStream.range(0, IMAGES)
                        .mapToDouble(i -> calibrated[i] - target[i])
                        .sum())
                .isCloseTo(0, within(1e-10));
        for (double at = 0; at < 1; at += 0.01) {
            assertThat(fitted.apply(at + 0.01)).isGreaterThanOrEqualTo(fitted.apply(at));
        }
        IsotonicRegression identity = IsotonicRegression.fit(score, score);
        assertThat(identity.apply(score[3])).isEqualTo(score[3]);
        assertThat(identity.apply(0.5)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void calibrationOnItsOwnDataLeavesNoErrorInWholeBlocks() {
        Matches matches = matches(random(9, IMAGES), random(10, IMAGES), 0.5);
        double[] score =
                IntStream.range(0, matches.size()).mapToDouble(matches::score).toArray();

        Matches calibrated =
                IsotonicRegression.fit(score, Target.HIT.of(matches)).apply(matches);

        assertThat(CalibrationError.dEce(calibrated, 1)).isCloseTo(0, TINY);
        assertThat(CalibrationError.dEce(calibrated, 1000)).isCloseTo(0, TINY);
        assertThat(CalibrationError.dEce(matches, 1000)).isGreaterThan(0.2);
    }

    @Test
    void noDetectionsHaveNoError() {
        Matches none = matches(new double[0], new double[0], 0.5);

        assertThat(CalibrationError.dEce(none, 25)).isNaN();
        assertThat(CalibrationError.laEce(none, 25)).isNaN();
        assertThat(CalibrationError.laAce(none)).isNaN();
        assertThat(new RankCorrelation(none).spearman()).isNaN();
        assertThat(new RankCorrelation(none).kendall()).isNaN();
        assertThat(Lrp.mean(Lrp.perClass(none, 0.5))).isNaN();
    }

    @Test
    void unusableInputIsRefused() {
        Matches matches = matches(new double[] {1.5}, new double[] {1}, 0.5);

        assertThatThrownBy(() -> CalibrationError.dEce(matches, 25))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("calibration needs scores in [0, 1], but one is 1.5");
        assertThatThrownBy(() -> ReliabilityCurve.of(matches, Target.HIT, 0))
                .hasMessage("a reliability curve needs at least 1 bin, not 0");
        assertThatThrownBy(() -> TemperatureScaling.fit(new double[0], new double[0]))
                .hasMessageContaining("not to 0 scores");
        assertThatThrownBy(() -> IsotonicRegression.fit(new double[0], new double[0]))
                .hasMessageContaining("not to 0 scores");
        assertThatThrownBy(() -> matches(new double[1], new double[1], 1.1))
                .hasMessage("the IoU of a match must be in [0, 1], but is 1.1");
    }
}
