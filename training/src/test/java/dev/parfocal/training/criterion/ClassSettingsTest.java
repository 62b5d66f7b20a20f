package dev.parfocal.training.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.training.classes.ClassWeights;
import dev.parfocal.training.model.OutputSpec.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loss on classes says of single ones. */
class ClassSettingsTest {
    private static final int ROWS = 60;
    private static final int CLASSES = 3;
    private static final LossComponent FOCAL = LossComponent.of("focal", 1);
    private static final LossComponent SOFTMAX = LossComponent.of("softmax_focal", 1);

    private static Map<String, Double> numbers(double first, double second, double third) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("a", first);
        numbers.put("b", second);
        numbers.put("c", third);
        return numbers;
    }

    private static LossComponent with(
            LossComponent loss,
            Map<String, Map<String, Double>> perClass,
            Map<String, Double> weights,
            Double smoothing) {
        return new LossComponent(
                loss.loss(),
                loss.set(),
                loss.weight(),
                loss.target(),
                loss.divide(),
                loss.weighting(),
                perClass,
                weights.isEmpty() ? null : new ClassWeights(null, null, weights),
                smoothing);
    }

    private static Component component(LossComponent config, Kind kind, Columns columns) {
        return Component.ofClasses("classification", "loss.classification", config, kind, columns, CLASSES);
    }

    private static float[] gradient(LossComponent config, Columns columns) {
        int count = columns == Columns.BACKGROUND_AND_CLASSES ? CLASSES + 1 : CLASSES;
        Kind kind = config.loss().startsWith("softmax") ? Kind.ROW : Kind.POINTWISE;
        Random random = new Random(5);
        float[] logits = new float[ROWS * count];
        int[] labels = new int[ROWS];
        float[] quality = new float[ROWS];
        float[] targets = new float[ROWS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % 4 == 0 ? Batch.BACKGROUND : row % count;
            quality[row] = 1;
            targets[row] = row % count;
        }
        Batch batch = kind == Kind.ROW
                ? new Batch.Rows(Floats.of(logits), ROWS, count, List.of(Floats.of(targets)))
                : new Batch.Sparse(Floats.of(logits), ROWS, count, labels, quality);
        float[] gradient = new float[logits.length];
        component(config, kind, columns)
                .evaluate(batch, Normalizer.none(), Weights.none(), Floats.of(gradient), StepSettings.NONE);
        return gradient;
    }

    @Test
    void aClassWeightIsAFactorOfItsColumn() {
        float[] plain = gradient(FOCAL, Columns.CLASSES);
        float[] weighed = gradient(with(FOCAL, Map.of(), numbers(1, 2, 0), null), Columns.CLASSES);
        for (int i = 0; i < plain.length; i++) {
            float factor = new float[] {1, 2, 0}[i % CLASSES];
            assertThat(weighed[i]).isEqualTo(plain[i] * factor);
        }
    }

    @Test
    void theBackgroundHasAColumnOfItsOwn() {
        Map<String, Double> weights = numbers(3, 1, 1);
        weights.put("background", 0.5);
        float[] plain = gradient(SOFTMAX, Columns.BACKGROUND_AND_CLASSES);
        float[] weighed = gradient(with(SOFTMAX, Map.of(), weights, null), Columns.BACKGROUND_AND_CLASSES);
        float[] factors = {0.5f, 3, 1, 1};
        for (int i = 0; i < plain.length; i++) {
            float factor = factors[i / (CLASSES + 1) % (CLASSES + 1)];
            assertThat((double) weighed[i]).isCloseTo((double) plain[i] * factor, within(1e-7));
        }
    }

    @Test
    void aParameterHasTheValueOfTheClass() {
        float[] differing =
                gradient(with(FOCAL, Map.of("alpha", numbers(0.25, 0.5, 0.9)), Map.of(), null), Columns.CLASSES);
        for (int c = 0; c < CLASSES; c++) {
            double alpha = new double[] {0.25, 0.5, 0.9}[c];
            LossComponent one = new LossComponent(
                    "focal", Map.of("alpha", alpha), 1, FOCAL.target(), FOCAL.divide(), FOCAL.weighting());
            float[] alone = gradient(one, Columns.CLASSES);
            for (int i = c; i < alone.length; i += CLASSES) {
                assertThat((double) differing[i]).isCloseTo(alone[i], within(1e-6));
            }
        }
    }

    @Test
    void smoothingMovesTheTargets() {
        LossComponent bce = LossComponent.of("bce", 1);
        float[] plain = gradient(bce, Columns.CLASSES);
        float[] smoothed = gradient(with(bce, Map.of(), Map.of(), 0.2), Columns.CLASSES);
        for (int i = 0; i < plain.length; i++) {
            boolean positive = plain[i] < 0;
            assertThat((double) smoothed[i]).isCloseTo(plain[i] + (positive ? 0.1 : -0.1), within(1e-6));
        }
    }

    /** The labelled class loses what every class gains: the gradient is softmax minus the smoothed label. */
    @Test
    void smoothingOfRowsSpreadsTheLabel() {
        LossComponent softmax = LossComponent.of("softmax_cross_entropy", 1);
        float[] plain = gradient(softmax, Columns.BACKGROUND_AND_CLASSES);
        float[] smoothed = gradient(with(softmax, Map.of(), Map.of(), 0.2), Columns.BACKGROUND_AND_CLASSES);
        int count = CLASSES + 1;
        for (int i = 0; i < plain.length; i++) {
            boolean labelled = i % count == i / count % count;
            double moved = (labelled ? 0.2 : 0) - 0.2 / count;
            assertThat((double) smoothed[i]).isCloseTo(plain[i] + moved, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Columns.class,
            names = {"CLASSES", "BACKGROUND_AND_CLASSES"})
    void whatSaysNothingOfClassesHasNoWeights(Columns columns) {
        assertThat(component(FOCAL, Kind.POINTWISE, columns).classWeights()).isNull();
        assertThat(component(FOCAL, Kind.POINTWISE, columns).isPerClass()).isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(
                        () -> component(with(FOCAL, Map.of(), numbers(1, 2, 3), null), Kind.POINTWISE, Columns.OBJECT))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("loss.classification: this output tells objects from the background and no classes apart:"
                        + " classWeights and perClass belong to an output that does");
        assertThatThrownBy(() -> component(
                        with(FOCAL, Map.of("alpha", Map.of("a", 0.5)), Map.of(), null),
                        Kind.POINTWISE,
                        Columns.CLASSES))
                .hasMessage("loss.classification.perClass.alpha has numbers for 1 class (a), and the data has 3:"
                        + " give one for each");
        assertThatThrownBy(() -> component(
                        with(FOCAL, Map.of("alpha", numbers(1, 2, 0)), Map.of(), null),
                        Kind.POINTWISE,
                        Columns.CLASSES))
                .hasMessage("focal: alpha = 2 is outside its range [0, 1]");
        assertThatThrownBy(() ->
                        component(with(SOFTMAX, Map.of(), Map.of(), 0.1), Kind.ROW, Columns.BACKGROUND_AND_CLASSES))
                .hasMessage("loss.classification.smoothing: softmax_focal has neither one target in [0, 1], which label"
                        + " smoothing changes, nor a parameter 'smoothing'");
        LossComponent box = with(LossComponent.of("giou", 1), Map.of(), numbers(1, 1, 1), null);
        assertThatThrownBy(() -> Component.of("box", "loss.box", box, Kind.BOX, 0))
                .hasMessage(
                        "loss.box: perClass, classWeights and smoothing are for losses on classes, which this is not");
        assertThatThrownBy(() -> with(FOCAL, Map.of(), Map.of(), 1.0))
                .hasMessage("the label smoothing of loss focal must be in (0, 1), or be left out for none, but is 1.0");
    }
}
