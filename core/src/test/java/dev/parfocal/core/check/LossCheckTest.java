package dev.parfocal.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check passes losses of all three kinds that are right, and catches those that are not, naming the place. */
class LossCheckTest {

    private static final String QFL_MISPRINTED = """
            # Quality focal loss as some texts print it: the bracket is the entropy of the prediction.
            loss misprinted(logit; target in [0, 1])
            param beta = 2 in [0, 5] "focusing exponent"
            p = sigmoid(logit)
            -abs(target - p)^beta * ((1 - p) * log(1 - p) + p * log(p))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss smooth_l1(x; t)\nparam beta = 1 in [0.1, 10] \"where it turns\"\nd = abs(x - t)\n"
                        + "d < beta ? d^2 / (2 * beta) : d - beta / 2",
                "loss smoothed(s[5]; label in [0, 4] integer)\n"
                        + "-0.9 * log_softmax(s, label) - 0.1 * log_softmax(s, 0)",
                "loss integral(s[bins]; y)\nparam bins = 9 in [2, 99] integer \"bins\"\nabs(expectation(s) - y)",
                "loss corners(x1, y1, x2, y2; u1, v1, u2, v2)\nabs(x1 - u1) + abs(y1 - v1) + abs(x2 - u2) + abs(y2 - v2)",
                "loss smoothed_bce(x; t in [0, 1])\ny = 0.05 + 0.9 * t\n"
                        + "-(y * log(sigmoid(x)) + (1 - y) * log(1 - sigmoid(x)))",
                "loss signed(x; t in [0, 1])\nmay be negative\n(0.5 - t) * x"
            })
    void passesWhatIsRight(String text) {
        LossReport report = LossCheck.run(Loss.parse(text));
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(finding(report, "derivative").verdict()).isEqualTo(Finding.Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"focal", "varifocal_detached", "softmax_focal", "ciou"})
    void catchesAPlantedWrongDerivative(String name) {
        LossReport report = LossCheck.run(Catalogue.get(name), LossCheckTest::withSlightlyWrongGradient);
        Finding finding = finding(report, "derivative");
        assertThat(finding.verdict()).as(report.toString()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.place()).isNotEmpty();
        assertThat(report.passed()).isFalse();
    }

    @Test
    void catchesAStableFormThatIsAnotherFunction() {
        Loss bce = Catalogue.get("bce");
        LossReport report =
                LossCheck.run(bce, loss -> Catalogue.get("quality_focal").program());
        assertThat(finding(report, "stable form").verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding(report, "examples").verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(finding(report, "scalar float").verdict()).isEqualTo(Finding.Verdict.FAIL);
    }

    @Test
    void namesTheSubExpressionThatIsNoNumber() {
        LossReport report = LossCheck.run(
                Loss.parse(
                        "loss mistaken(logit; target in [0, 1])\n-target * log(logit) - (1 - target) * log(2 - sigmoid(logit))"));
        Finding finding = finding(report, "finite");
        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.figure()).isEqualTo("the value is no number, because log(logit) is NaN");
        assertThat(finding.place()).startsWith("logit = -");
    }

    @Test
    void aLossThatLeadsAwayFromItsTargetDoesNotDescend() {
        LossReport report = LossCheck.run(Loss.parse(QFL_MISPRINTED));
        assertThat(finding(report, "descends").verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding(report, "derivative").verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(finding(report, "finite").verdict()).isEqualTo(Finding.Verdict.PASS);
    }

    @Test
    void boxesThatAreBetterThanTheTargetDoNotDescend() {
        LossReport report = LossCheck.run(
                Loss.parse(
                        "loss smallest(x1, y1, x2, y2; u1, v1, u2, v2)\nabs(x2 - x1) * abs(y2 - y1) + 0 * (u1 + v1 + u2 + v2)"));
        assertThat(finding(report, "descends").verdict()).isEqualTo(Finding.Verdict.FAIL);
    }

    @Test
    void rowsThatPushTheLabelDownDoNotDescend() {
        LossReport report = LossCheck.run(
                Loss.parse("loss upside(s[4]; label in [0, 3] integer)\nmay be negative\nlog_softmax(s, label)"));
        assertThat(finding(report, "descends").verdict()).isEqualTo(Finding.Verdict.FAIL);
    }

    @Test
    void aNegativeLossMustBeDeclared() {
        Finding finding =
                finding(LossCheck.run(Loss.parse("loss signed(x; t in [0, 1])\n(0.5 - t) * x")), "not negative");
        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.figure()).endsWith("declare 'may be negative' if it may");
    }

    @Test
    void aStatedValueThatIsWrongIsNamed() {
        Finding finding = finding(
                LossCheck.run(Loss.parse("loss square(x; t)\nexample (3; 1) = 4\nexample (3; 2) = 1.2\n(x - t)^2")),
                "examples");
        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding).hasToString("fail  examples       is 1.0, stated 1.2  at line 3");
    }

    private static Finding finding(LossReport report, String name) {
        return report.findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    /** The program with one gradient off by a tenth of a thousandth, where it has any: with alpha 0 softmax_focal has none. */
    private static ScalarProgram withSlightlyWrongGradient(Loss loss) {
        ScalarProgram right = loss.program();
        if (right.gradients().isEmpty()) {
            return right;
        }
        List<Node> gradients = new ArrayList<>(right.gradients());
        Node off = right.graph().constant(1.0001);
        gradients.set(0, right.graph().apply(Op.MULTIPLY, off, gradients.get(0)));
        return new ScalarProgram(
                right.graph(), right.predicted(), right.given(), right.value(), gradients, right.indices());
    }
}
