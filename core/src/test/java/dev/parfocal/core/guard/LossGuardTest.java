package dev.parfocal.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.MovingAverage;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossGuardTest {
    private static final Options PLAIN = Options.of(Normalizer.none());

    private static LossFunction function(String body) {
        String text = "# A loss.\nloss mine(logit; target in [0, 1])\nmay be negative\n\n" + body + "\n";
        return LossFunction.of(Loss.parse(text), Backend.SCALAR, 1);
    }

    private static LossCulprit culprit(LossFunction function, Batch batch, Options options) {
        Floats gradient = Floats.of(new float[batch.predicted().length()]);
        NonFiniteLossException thrown = catchThrowableOfType(
                NonFiniteLossException.class,
                () -> LossGuard.evaluate("classification", function, batch, options, gradient));
        assertThat(thrown).isNotNull();
        assertThat(thrown.role()).isEqualTo("classification");
        return thrown.culprit().orElseThrow();
    }

    /** Three anchors of two classes; the second anchor shows class 1. */
    private static Batch sparse(float... logits) {
        return new Batch.Sparse(
                Floats.of(logits), 3, 2, new int[] {Batch.BACKGROUND, 1, Batch.IGNORE}, new float[] {0, 0.75f, 0});
    }

    @Test
    void aFiniteLossPassesWithTheBitsOfTheFunction() {
        LossFunction focal = LossFunction.of(Catalogue.get("focal"), Backend.SCALAR, 1);
        Batch batch = sparse(1, -2, 3, 100, -100, 5);
        float[] expected = new float[6];
        float[] actual = new float[6];
        assertThat(LossGuard.evaluate("any", focal, batch, PLAIN, Floats.of(actual)))
                .isEqualTo(focal.evaluate(batch, PLAIN, Floats.of(expected)));
        assertThat(actual).isEqualTo(expected);
        assertThat(LossCulprit.find(focal, batch, PLAIN)).isEmpty();
    }

    @Test
    void theLogOfARawValueIsFoundByPlaceNumbersAndSubExpression() {
        LossCulprit found = culprit(function("-target * log(logit) + logit^2"), sparse(1, 2, 3, -1.5f, -9, -9), PLAIN);
        assertThat(found.anchor()).isEqualTo(1);
        assertThat(found.classOf()).isEqualTo(1);
        assertThat(found.element()).isEqualTo(3);
        assertThat(found.predicted()).isEqualTo("logit = -1.5");
        assertThat(found.given()).isEqualTo("target = 0.75");
        assertThat(found.value()).isNaN();
        assertThat(found.cause()).isEqualTo("log(logit) is NaN there");
        assertThat(found.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            logit^2 + target         | NaN  | the prediction itself is NaN
            logit^2 + target         | -Infinity | the prediction itself is -infinity
            exp(logit) + target      | 100  | in double it is finite
            exp(logit) + target      | 1000 | exp(logit) is infinity there
            (target + 1)/(logit - 1) | 1    | is infinity there
            log(abs(logit)) + target | 0    | log(abs(logit)) is -infinity there
            """)
    void theCauseIsNamed(String body, float logit, String cause) {
        assertThat(culprit(function(body), sparse(2, logit, 2, 2, 2, 2), PLAIN).cause())
                .contains(cause);
    }

    @Test
    void aGradientAloneIsEnough() {
        LossCulprit found = culprit(function("1e20 * sqrt(logit) + target"), sparse(1, 1e-38f, 1, 1, 1, 1), PLAIN);
        assertThat(found.value()).isFinite();
        assertThat(found.gradient()).isInfinite();
        assertThat(found.cause()).startsWith("in double it is finite");
    }

    @Test
    void ignoredAnchorsAndElementsOfWeightZeroAreNoCulprits() {
        LossFunction log = function("log(logit) + target");
        assertThat(LossCulprit.find(log, sparse(1, 1, 1, 1, -1, Float.NaN), PLAIN))
                .isEmpty();
    }

    @Test
    void aScheduledParameterCountsWithItsValue() {
        Loss loss = Loss.parse("""
                # A loss.
                loss mine(logit; target in [0, 1])

                param shift = 2 in [0, 5] "what is added"

                log(logit + shift)^2 + target
                """);
        LossFunction function = LossFunction.of(loss, Backend.SCALAR, 1);
        Batch batch = sparse(1, -1, 1, 1, 1, 1);
        assertThat(LossCulprit.find(function, batch, PLAIN)).isEmpty();
        assertThat(culprit(function, batch, PLAIN.withArgument("shift", 0.5)).cause())
                .isEqualTo("log(logit + 0.5) is NaN there");
    }

    @Test
    void aRowAndABoxAreShownWithTheirNumbers() {
        Loss rows = Catalogue.get("distribution_focal").withRowLength(4);
        Batch row = new Batch.Rows(
                Floats.of(new float[] {0, 1, 2, 3, 0, Float.NaN, 2, 3}), 2, 4, List.of(Floats.of(new float[] {1, 2})));
        LossCulprit inRow = culprit(LossFunction.of(rows, Backend.SCALAR, 1), row, PLAIN);
        assertThat(inRow.anchor()).isEqualTo(1);
        assertThat(inRow.predicted()).endsWith("= [0.0, NaN, 2.0, 3.0]");
        float[] corners = {0, 0, 1, 1, 0, 0, Float.POSITIVE_INFINITY, 1};
        Batch boxes = new Batch.Boxes(Floats.of(corners), Floats.of(new float[] {0, 0, 1, 1, 0, 0, 2, 2}), 2);
        LossCulprit inBox = culprit(LossFunction.of(Catalogue.get("giou"), Backend.SCALAR, 1), boxes, PLAIN);
        assertThat(inBox.anchor()).isEqualTo(1);
        assertThat(inBox.predicted()).contains("= infinity");
        assertThat(inBox.cause()).isEqualTo("the prediction itself is infinity");
    }

    @Test
    void lookingForTheCulpritLeavesAMovingAverageAsItIs() {
        MovingAverage average = new MovingAverage(0.9, 100);
        LossFunction log = function("log(logit) + target");
        Batch batch = sparse(1, -1, 1, 1, 1, 1);
        LossCulprit.find(log, batch, Options.of(average));
        assertThat(average.average()).isEqualTo(100);
    }

    @Test
    void theMessageSaysWhatWhereAndWhatToDo() {
        assertThatThrownBy(() -> LossGuard.evaluate(
                        "quality",
                        function("log(logit) + target"),
                        sparse(1, -1, 1, 1, 1, 1),
                        PLAIN,
                        Floats.of(new float[6])))
                .hasMessage(
                        "the quality loss is NaN, first at anchor 0, class 1 (logit = -1.0, target = 0.0: value NaN,"
                                + " gradient -1.0; log(logit) is NaN there): check the loss's formula, or lower the learning rate");
    }
}
