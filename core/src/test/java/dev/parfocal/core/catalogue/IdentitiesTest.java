package dev.parfocal.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Loss;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the losses have to do with each other, and with scale and place. */
class IdentitiesTest {

    private static final double[] LOGITS = {-30, -5, -1, 0, 0.3, 2, 8, 40};
    private static final double[] TARGETS = {0, 0.1, 0.5, 0.9, 1};

    private final Random random = new Random(3);

    @Test
    void focalWithoutFocusIsHalfTheCrossEntropy() {
        Oracle focal = oracle(Catalogue.get("focal").with("gamma", 0).with("alpha", 0.5));
        Oracle bce = oracle(Catalogue.get("bce"));
        everywhere(point -> same(
                times(2, focal.at(new double[] {point[0]}, new double[] {point[1]})),
                bce.at(new double[] {point[0]}, new double[] {point[1]})));
    }

    @Test
    void qualityFocalWithoutFocusIsTheCrossEntropy() {
        Oracle quality = oracle(Catalogue.get("quality_focal").with("beta", 0));
        Oracle bce = oracle(Catalogue.get("bce"));
        everywhere(point -> {
            Answer flat = quality.at(new double[] {point[0]}, new double[] {point[1]});
            same(flat, bce.at(new double[] {point[0]}, new double[] {point[1]}));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 3})
    void qualityFocalWithHardTargetsIsFocalWithoutAlpha(double gamma) {
        Oracle quality = oracle(Catalogue.get("quality_focal").with("beta", gamma));
        Oracle focal = oracle(Catalogue.get("focal").with("gamma", gamma).with("alpha", 0.5));
        for (double logit : LOGITS) {
            for (double target : new double[] {0, 1}) {
                double[] predicted = {logit};
                double[] given = {target};
                same(quality.at(predicted, given), times(2, focal.at(predicted, given)));
            }
        }
    }

    @Test
    void varifocalOfAPositiveIsItsQualityTimesTheCrossEntropy() {
        Oracle varifocal = oracle(Catalogue.get("varifocal"));
        Oracle bce = oracle(Catalogue.get("bce"));
        everywhere(point -> {
            if (point[1] > 0) {
                double[] given = {point[1]};
                double[] predicted = {point[0]};
                same(varifocal.at(predicted, given), times(point[1], bce.at(predicted, given)));
            }
        });
    }

    @Test
    void detachedVarifocalHasTheSameValueAndASmallerGradientOnNegatives() {
        Oracle attached = oracle(Catalogue.get("varifocal"));
        Oracle detached = oracle(Catalogue.get("varifocal_detached"));
        double[] logit = {-Math.log(9)};
        Answer a = attached.at(logit, new double[] {0});
        Answer d = detached.at(logit, new double[] {0, 0});
        assertThat(d.value()).isCloseTo(a.value(), within(1e-15));
        assertThat(a.gradient()[0] / d.gradient()[0]).isCloseTo(2.9, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 17, 33})
    void distributionFocalAtAWholeNumberIsTheSoftmaxCrossEntropy(int bins) {
        Oracle distribution = oracle(Catalogue.get("distribution_focal").withRowLength(bins));
        Oracle crossEntropy = oracle(Catalogue.get("softmax_focal")
                .withRowLength(bins)
                .with("alpha", 1)
                .with("gamma", 0));
        double[] row = random.doubles(bins, -6, 6).toArray();
        for (int label = 0; label < bins; label++) {
            same(distribution.at(row, new double[] {label}), crossEntropy.at(row, new double[] {label}));
        }
    }

    @Test
    void distributionFocalClampsTargetsOutsideTheBins() {
        Oracle distribution = oracle(Catalogue.get("distribution_focal"));
        double[] row = random.doubles(17, -6, 6).toArray();
        for (double beyond : new double[] {16, 16.01, 40, 1e30}) {
            same(distribution.at(row, new double[] {beyond}), distribution.at(row, new double[] {16}));
        }
        same(distribution.at(row, new double[] {-3}), distribution.at(row, new double[] {0}));
    }

    @Test
    void softmaxFocalOfTwoClassesIsFocalOfTheirDifference() {
        Oracle softmax = oracle(Catalogue.get("softmax_focal").withRowLength(2));
        Oracle focal = oracle(Catalogue.get("focal"));
        for (double logit : LOGITS) {
            double expected = focal.at(new double[] {logit}, new double[] {1}).value();
            double value = softmax.at(new double[] {0.7, 0.7 + logit}, new double[] {1})
                    .value();
            assertThat(value).isCloseTo(expected, within(1e-13 * expected + 1e-13));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iou", "giou", "diou", "ciou"})
    void boxLossesDoNotDependOnScaleOrPlace(String name) {
        Oracle oracle = oracle(Catalogue.get(name));
        for (int i = 0; i < 200; i++) {
            double[] predicted = box();
            double[] target = box();
            Answer here = oracle.at(predicted, target);
            Answer there = oracle.at(moved(predicted, 4, 1), moved(target, 4, 1));
            assertThat(there.value()).isCloseTo(here.value(), within(1e-12));
            assertThat(oracle.at(moved(predicted, 1, 64), moved(target, 1, 64)).value())
                    .isCloseTo(here.value(), within(1e-9));
            for (int j = 0; j < 4; j++) {
                assertThat(there.gradient()[j] * 4).isCloseTo(here.gradient()[j], within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iou", "giou", "diou", "ciou"})
    void aBoxOnItsTargetCostsNothing(String name) {
        Oracle oracle = oracle(Catalogue.get(name));
        for (int i = 0; i < 50; i++) {
            double[] box = box();
            assertThat(oracle.at(box, box).value()).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void boxLossesAreOrdered() {
        Oracle plain = oracle(Catalogue.get("iou"));
        Oracle generalized = oracle(Catalogue.get("giou"));
        Oracle distance = oracle(Catalogue.get("diou"));
        Oracle complete = oracle(Catalogue.get("ciou"));
        for (int i = 0; i < 200; i++) {
            double[] predicted = box();
            double[] target = box();
            double iou = plain.at(predicted, target).value();
            double diou = distance.at(predicted, target).value();
            assertThat(generalized.at(predicted, target).value()).isBetween(iou - 1e-12, 2.0);
            assertThat(diou).isGreaterThanOrEqualTo(iou);
            assertThat(complete.at(predicted, target).value()).isGreaterThanOrEqualTo(diou);
        }
    }

    private interface PointTest {
        void at(double[] logitAndTarget);
    }

    private static void everywhere(PointTest test) {
        for (double logit : LOGITS) {
            for (double target : TARGETS) {
                test.at(new double[] {logit, target});
            }
        }
    }

    private double[] box() {
        double x = random.nextDouble();
        double y = random.nextDouble();
        return new double[] {x, y, x + 0.1 + random.nextDouble(), y + 0.1 + random.nextDouble()};
    }

    private static double[] moved(double[] box, double scale, double shift) {
        return DoubleStream.of(box).map(number -> number * scale + shift).toArray();
    }

    private static Oracle oracle(Loss loss) {
        return new Oracle(loss.program());
    }

    private static Answer times(double factor, Answer answer) {
        return new Answer(
                factor * answer.value(),
                DoubleStream.of(answer.gradient()).map(part -> factor * part).toArray());
    }

    private static void same(Answer found, Answer expected) {
        assertThat(found.value()).isCloseTo(expected.value(), within(1e-13 * Math.abs(expected.value())));
        for (int i = 0; i < expected.gradient().length; i++) {
            double scale = Math.abs(expected.gradient()[i]) + Math.abs(expected.value());
            assertThat(found.gradient()[i]).isCloseTo(expected.gradient()[i], within(1e-13 * scale));
        }
    }
}
