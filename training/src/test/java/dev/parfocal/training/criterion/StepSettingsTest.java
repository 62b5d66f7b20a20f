package dev.parfocal.training.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.balance.Limits;
import dev.parfocal.core.balance.ProjectedConflicts;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.BalanceConfig.Between;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.RawTensors;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weight;
import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the settings of a step, and a balance, do to the gradients of a whole model. */
class StepSettingsTest {
    private static final DenseConfig CONFIG = small(DenseConfig.DEFAULT);
    private static final int WIDTH = CONFIG.input().width();
    private static final int HEIGHT = CONFIG.input().height();
    private static final Priors POINTS = Priors.cells(WIDTH, HEIGHT, 8, 16, 32);
    private static final List<List<Annotation>> OBJECTS =
            List.of(List.of(Annotation.of(new Box(2, 3, 45, 60), 1), Annotation.of(new Box(65, 10, 130, 101), 0)));
    private static final List<String> COMPONENTS = List.of("classification", "box", "distribution");

    private static DetectorModel model;
    private static Gradients plain;
    private static List<Gradients> each = List.of();

    @BeforeAll
    static void build() {
        Engine.start(2);
        model = new DetectorModel(CONFIG, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), 3);
        plain = gradients(criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT), StepSettings.NONE);
    }

    private static DenseConfig small(DenseConfig usual) {
        return new DenseConfig(
                usual.widths(),
                usual.neck(),
                usual.tower(),
                usual.regMax(),
                usual.normalization(),
                usual.activation(),
                usual.precision(),
                usual.init(),
                new InputSize(160, 120));
    }

    /** The gradients of the head's weights, of the others', and by the features. */
    private record Gradients(float[] head, float[] trunk, float[] features, LossReport report) {}

    private static Criterion criterion(DenseLosses losses, BalanceConfig balance) {
        return new Criterion(losses.supervision(AssignerConfig.DEFAULT), losses.gain(), CONFIG, 2, List.of(), balance);
    }

    /** Balances that weight nothing at their start. */
    static List<BalanceConfig> balances() {
        return List.of(
                new BalanceConfig.Uncertainty(Between.COMPONENTS, 1e-3, 1e3, 0.025),
                new BalanceConfig.NormalizedGradients(Between.COMPONENTS, 1e-3, 1e3, 0.025, 1.5),
                new BalanceConfig.Average(Between.COMPONENTS, 1e-3, 1e3, 50, 2),
                new BalanceConfig.Averse(Between.COMPONENTS, 1e-3, 1e3, 0));
    }

    private static Gradients gradients(Criterion criterion, StepSettings settings) {
        Weights weights = model.weights();
        weights.gradients().fill(0);
        return Scope.recorded(() -> {
            Prediction prediction = model.forward(image());
            List<Tensor> features = prediction.shared().features();
            features.forEach(level -> RawTensors.raw(level).retain_grad());
            LossReport report = criterion.backward(prediction, OBJECTS, settings, StepTimer.NONE);
            float[] head = flat(weights, true);
            float[] trunk = flat(weights, false);
            List<float[]> levels = new ArrayList<>();
            for (Tensor level : features) {
                levels.add(RawTensors.wrap(RawTensors.raw(level).grad()).toArray());
            }
            return new Gradients(head, trunk, joined(levels), report);
        });
    }

    private static Tensor image() {
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * 3 * WIDTH * HEIGHT)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(5);
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, (float) random.nextGaussian());
        }
        return Tensor.images(planes, 1, 3, HEIGHT, WIDTH);
    }

    private static float[] flat(Weights weights, boolean head) {
        List<float[]> parts = new ArrayList<>();
        weights.named("", weights.gradients(), weights.statistics()).forEach((name, entry) -> {
            boolean trained =
                    weights.all().stream().anyMatch(w -> w.name().equals(name) && w.role() != Weight.Role.STATISTIC);
            if (trained && name.startsWith("head.") == head) {
                parts.add(entry.values());
            }
        });
        return joined(parts);
    }

    private static float[] joined(List<float[]> parts) {
        FloatBuffer all =
                FloatBuffer.allocate(parts.stream().mapToInt(p -> p.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /** Only one component counts. */
    private static StepSettings alone(String component) {
        Map<String, Double> weights = new LinkedHashMap<>();
        COMPONENTS.forEach(each -> weights.put(each, each.equals(component) ? 1.0 : 0.0));
        return StepSettings.NONE.withWeights(weights);
    }

    private static List<Gradients> each() {
        if (each.isEmpty()) {
            each = COMPONENTS.stream()
                    .map(component ->
                            gradients(criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT), alone(component)))
                    .toList();
        }
        return each;
    }

    private static float[] sum(double[] factors, float[]... parts) {
        return Gram.sum(factors, parts);
    }

    private static void assertClose(float[] found, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= 1e-4 * largest)) {
                assertThat(found[i]).as("element " + i).isCloseTo(expected[i], within((float) (1e-4 * largest)));
            }
        }
    }

    @Test
    void theGradientsOfComponentsAloneSumUpToTheWhole() {
        List<Gradients> each = each();
        double[] ones = {1, 1, 1};
        assertClose(sum(ones, each.get(0).head, each.get(1).head, each.get(2).head), plain.head);
        assertClose(sum(ones, each.get(0).trunk, each.get(1).trunk, each.get(2).trunk), plain.trunk);
        assertThat(each.get(1).report.weighted().get("classification")).isZero();
        assertThat(each.get(1).report.values()).isEqualTo(plain.report.values());
    }

    @ParameterizedTest
    @MethodSource("balances")
    void atItsStartABalanceChangesNothing(BalanceConfig balance) {
        Gradients balanced = gradients(criterion(DenseLosses.DEFAULT, balance), StepSettings.NONE);
        assertClose(balanced.head, plain.head);
        assertClose(balanced.trunk, plain.trunk);
        assertThat(balanced.report.weighted()).isEqualTo(plain.report.weighted());
    }

    @Test
    void pcgradChangesOnlyWhatLiesBeforeTheSharedFeatures() {
        List<Gradients> each = each();
        Gram gram = Gram.of(each.get(0).features, each.get(1).features, each.get(2).features);
        double[] factors = new ProjectedConflicts(3, Limits.NONE).combine(gram, 0);
        assertThat(gram.dot(0, 1)).as("there is a conflict").isNegative();
        BalanceConfig projected = new BalanceConfig.Projected(Between.COMPONENTS, 1e-3, 1e3);
        Gradients pcgrad = gradients(criterion(DenseLosses.DEFAULT, projected), StepSettings.NONE);
        assertClose(pcgrad.head, plain.head);
        assertClose(pcgrad.trunk, sum(factors, each.get(0).trunk, each.get(1).trunk, each.get(2).trunk));
    }

    @Test
    void featureNormsAreThoseOfAWholeBackwardPassAndLeaveNothingBehind() {
        Criterion criterion = criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT);
        model.weights().gradients().fill(0);
        Map<String, Double> norms = Scope.recorded(() -> {
            Prediction prediction = model.forward(image());
            Map<String, Double> found = criterion.featureNorms(prediction, OBJECTS, StepSettings.NONE);
            assertThat(model.weights().gradients().norm()).isZero();
            criterion.backward(prediction, OBJECTS);
            return found;
        });
        List<Gradients> each = each();
        for (int i = 0; i < COMPONENTS.size(); i++) {
            double norm = Gram.of(each.get(i).features).norm(0);
            assertThat(norms.get(COMPONENTS.get(i))).isCloseTo(norm, within(1e-4 * norm));
        }
    }

    @Test
    void anArgumentIsTheLossWithThatParameter() {
        StepSettings gamma = new StepSettings(Map.of(), Map.of("classification", Map.of("gamma", 0.5)), null, null);
        LossComponent set = new LossComponent(
                "varifocal", Map.of("gamma", 0.5), 1, LossComponent.Target.AUTO, LossComponent.Division.AUTO);
        DenseLosses fixed = new DenseLosses(set, DenseLosses.DEFAULT.box(), DenseLosses.DEFAULT.distribution());
        Gradients scheduled = gradients(criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT), gamma);
        Gradients constant = gradients(criterion(fixed, BalanceConfig.DEFAULT), StepSettings.NONE);
        assertClose(scheduled.head, constant.head);
        assertThat(scheduled.report.values().get("classification"))
                .isCloseTo(constant.report.values().get("classification"), within(1e-5));
    }

    @Test
    void aSuccessorTakesOverByItsWeight() {
        DenseLosses both = new DenseLosses(
                LossComponent.of("focal", 1),
                DenseLosses.DEFAULT.box(),
                null,
                LossComponent.of("varifocal", 1),
                GainConfig.DEFAULT);
        DenseLosses after = new DenseLosses(LossComponent.of("varifocal", 1), DenseLosses.DEFAULT.box(), null);
        StepSettings handedOver = StepSettings.NONE.withWeights(Map.of("classification", 0.0, "successor", 1.0));
        Gradients end = gradients(criterion(both, BalanceConfig.DEFAULT), handedOver);
        assertClose(end.head, gradients(criterion(after, BalanceConfig.DEFAULT), StepSettings.NONE).head);
    }

    /** Leaves out the first object that it is asked about. */
    private static final class WithoutTheFirst implements ObjectWeights {
        final List<LearntObject> seen = new ArrayList<>();

        @Override
        public boolean needsLosses() {
            return true;
        }

        @Override
        public double[] of(List<LearntObject> objects) {
            seen.addAll(objects);
            return new double[] {0, 1};
        }
    }

    @Test
    void anObjectWithoutWeightCountsForNothing() {
        WithoutTheFirst weights = new WithoutTheFirst();
        StepSettings settings = new StepSettings(Map.of(), Map.of(), null, weights);
        Criterion criterion = criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT);
        Gradients without = gradients(criterion, settings);
        assertThat(weights.seen)
                .extracting(LearntObject::annotation)
                .containsExactlyInAnyOrderElementsOf(OBJECTS.get(0));
        assertThat(weights.seen.stream().mapToInt(LearntObject::points).sum())
                .isEqualTo((int) plain.report.positives());
        assertThat(weights.seen).allMatch(o -> o.loss() > 0 && o.image() == 0);
        int left = weights.seen.get(1).points();
        assertThat(without.report.evaluations().get("classification").positives())
                .isEqualTo(left);
        assertThat(without.report.evaluations().get("box").normalizer())
                .isLessThan(plain.report.evaluations().get("box").normalizer());
    }

    @Test
    void refusesWhatNoStepCanHave() {
        Criterion criterion = criterion(DenseLosses.DEFAULT, BalanceConfig.DEFAULT);
        assertRefused(() -> StepSettings.NONE.withWeights(Map.of("box", -1.0)), "box", "at least 0");
        assertRefused(
                () -> gradients(criterion, StepSettings.NONE.withWeights(Map.of("boxes", 1.0))),
                "boxes",
                "[classification");
        assertRefused(
                () -> gradients(
                        criterion,
                        new StepSettings(Map.of(), Map.of("classification", Map.of("gama", 1.0)), null, null)),
                "gama");
    }

    private static void assertRefused(Runnable task, String... parts) {
        assertThatThrownBy(task::run)
                .isInstanceOf(ParfocalException.class)
                .message()
                .contains(parts);
    }
}
