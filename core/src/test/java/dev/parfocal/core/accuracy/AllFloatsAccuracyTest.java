package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Default kernels at every finite float against formulas written by hand in double. */
class AllFloatsAccuracyTest {

    private static final double ULPS = 10;

    /** What losses of the family are at a hard target, but for a weight. */
    private static final HardTarget BACKGROUND = new HardTarget(1, 2, false);

    private static final HardTarget POSITIVE = new HardTarget(1, 2, true);
    private static final HardTarget CROSS_ENTROPY = new HardTarget(1, 0, true);
    private static final List<HardTarget> FORMS = List.of(BACKGROUND, POSITIVE, CROSS_ENTROPY);

    /** A loss of the catalogue, which at a hard target is a form times a weight. */
    private record Case(String name, HardTarget form, double weight) {

        Loss loss() {
            Loss loss = Catalogue.get(name);
            return form.mirrored() ? Mirrored.of(loss) : loss;
        }
    }

    /** All in one sweep: what takes the most time is the formula in double, which some have in common. */
    @Tag("long")
    @Test
    void everyFloatIsRight() {
        List<Case> cases = List.of(
                new Case("focal", BACKGROUND, 0.75),
                new Case("focal", POSITIVE, 0.25),
                new Case("varifocal", BACKGROUND, 0.75),
                new Case("varifocal", CROSS_ENTROPY, 1),
                new Case("quality_focal", BACKGROUND, 1),
                new Case("quality_focal", POSITIVE, 1));
        assertThat(wrong(cases, cases, 1)).isZero();
    }

    /** The sweep of several losses finds what is wrong with one of them. */
    @Test
    void oneOfSeveralIsFoundWrong() {
        Case focal = new Case("focal", BACKGROUND, 0.75);
        Case quality = new Case("quality_focal", POSITIVE, 1);
        List<Case> losses = List.of(focal, quality);
        assertThat(wrong(losses, losses, 1999)).isZero();
        assertThat(wrong(losses, List.of(focal, new Case("", POSITIVE, 1 + 2e-6)), 1999))
                .isPositive();
    }

    private static long wrong(List<Case> losses, List<Case> expected, int stride) {
        int[] forms =
                expected.stream().mapToInt(each -> FORMS.indexOf(each.form())).toArray();
        double[] weights = expected.stream().mapToDouble(Case::weight).toArray();
        return AllFloats.count(losses.stream().map(Case::loss).toList(), stride, (logits, values, gradients) -> {
            long wrong = 0;
            HardTarget.Result[] exact = new HardTarget.Result[FORMS.size()];
            for (int i = 0; i < logits.length; i++) {
                double e = Math.exp(-Math.abs((double) logits[i]));
                double logOfSum = Math.log1p(e);
                for (int form = 0; form < exact.length; form++) {
                    exact[form] = FORMS.get(form).at(logits[i], e, logOfSum);
                }
                for (int c = 0; c < forms.length; c++) {
                    HardTarget.Result one = exact[forms[c]];
                    boolean right = isRight(values[c][i], weights[c] * one.value())
                            && isRight(gradients[c][i], weights[c] * one.gradient());
                    wrong += right ? 0 : 1;
                }
            }
            return wrong;
        });
    }

    @ParameterizedTest
    @CsvSource({"focal, 0, 0.75, 2", "focal, 1, 0.25, 2", "varifocal, 0, 0.75, 2", "quality_focal, 1, 1, 2"})
    void someFloatsOfEveryExponentAreRight(String name, int target, double weight, int exponent) {
        assertThat(wrong(name, new HardTarget(weight, exponent, target == 1), 499))
                .isZero();
        assertThat(wrong(name, new HardTarget(weight * (1 + 2e-6), exponent, target == 1), 499))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"focal, 0, 0.75, 2", "focal, 1, 0.25, 2", "varifocal, 1, 1, 0", "quality_focal, 0, 1, 2"})
    void formulasByHandAreTheTextbooks(String name, int target, double weight, int exponent) {
        HardTarget byHand = new HardTarget(weight, exponent, target == 1);
        Oracle oracle = new Oracle(Catalogue.get(name).textbook().program());
        for (double logit : new double[] {-30, -3, -0.1, 0, 0.1, 3, 30}) {
            Dual exact = oracle.at(logit, Map.of("target", (double) target));
            assertThat(byHand.value(logit) / exact.value().toDouble()).isCloseTo(1, within(1e-14));
            assertThat(byHand.gradient(logit) / exact.slope().toDouble()).isCloseTo(1, within(1e-14));
        }
    }

    private static long wrong(String name, HardTarget byHand, int stride) {
        Loss loss = Catalogue.get(name);
        return AllFloats.count(byHand.mirrored() ? Mirrored.of(loss) : loss, stride, (logits, values, gradients) -> {
            long wrong = 0;
            for (int i = 0; i < logits.length; i++) {
                HardTarget.Result exact = byHand.at(logits[i]);
                boolean right = isRight(values[i], exact.value()) && isRight(gradients[i], exact.gradient());
                wrong += right ? 0 : 1;
            }
            return wrong;
        });
    }

    private static boolean isRight(float got, double exact) {
        double size = Math.abs(exact);
        return size < Float.MIN_NORMAL
                ? Math.abs(got) <= Float.MIN_NORMAL
                : Math.abs(got - exact) <= ULPS * Math.ulp((float) size);
    }
}
