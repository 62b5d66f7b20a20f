package dev.parfocal.training.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.DistanceCode;
import dev.parfocal.training.box.DistributionCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriterionTest {
    private static final Priors POINTS = Priors.cells(64, 64, 8, 16, 32);
    private static final int CLASSES = 3;
    private static final AssignerConfig ATSS = new AssignerConfig.Atss(9, null, 0);
    private static final AssignerConfig ALIGNED = new AssignerConfig.TaskAligned(9, 1, 6, 0);
    private static final int REG_MAX = 8;
    private static final List<List<Annotation>> OBJECTS = List.of(
            List.of(
                    Annotation.of(new Box(3, 5, 38, 41), 1),
                    Annotation.of(new Box(30, 20, 60, 62), 0),
                    Annotation.of(new Box(1, 40, 12, 50), 2)),
            List.of(),
            List.of(Annotation.of(new Box(10, 10, 50, 50), 2), new Annotation(new Box(40, 0, 64, 20), 0, true, 480)));

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    /** Leaves of {@code batch} images with their gradients. */
    private static final class Leaves {
        final Tensor logits;
        final Tensor sides;
        final Tensor logitGradient;
        final Tensor sideGradient;

        Leaves(int batch, int bins) {
            logits = random(7, 1, batch, POINTS.size(), CLASSES);
            sides = random(8, 1, batch, POINTS.size(), 4L * bins);
            logitGradient = Tensor.zeros(logits.shape());
            sideGradient = Tensor.zeros(sides.shape());
            TorchReference.track(logits, logitGradient);
            TorchReference.track(sides, sideGradient);
        }

        Prediction prediction() {
            int bins = sides.size(2) / 4;
            BoxCode code = bins == 1 ? new DistanceCode() : new DistributionCode(bins - 1);
            return new Prediction(
                    new Output(DenseConfig.OUTPUT, PriorBatch.same(POINTS, logits.size(0)), logits, sides, code));
        }

        private static Tensor random(long seed, double deviation, long... shape) {
            Tensor tensor = Tensor.zeros(shape);
            float[] values = new float[(int) tensor.elements()];
            Random random = new Random(seed);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            tensor.set(values);
            return tensor;
        }
    }

    private static Criterion criterion(DenseLosses losses, AssignerConfig assigner, int regMax) {
        return new Criterion(losses.supervision(assigner), losses.gain(), model(regMax), CLASSES);
    }

    private static DenseConfig model(int regMax) {
        DenseConfig usual = DenseConfig.DEFAULT;
        return new DenseConfig(
                usual.widths(),
                usual.neck(),
                usual.tower(),
                regMax > 0 ? regMax : null,
                usual.normalization(),
                usual.activation(),
                usual.precision(),
                usual.init(),
                usual.input());
    }

    @ParameterizedTest
    @CsvSource({"true,8", "true,0", "false,8", "false,0"})
    void injectedGradientsAreThoseOfTheSameLossesInTorch(boolean aligned, int regMax) {
        Scope.recorded(() -> {
            compareWithTorch(aligned ? ALIGNED : ATSS, regMax);
            return true;
        });
    }

    private static void compareWithTorch(AssignerConfig assigner, int regMax) {
        DenseLosses losses = regMax > 0
                ? DenseLosses.DEFAULT
                : new DenseLosses(DenseLosses.DEFAULT.classification(), DenseLosses.DEFAULT.box(), null);
        int bins = regMax + 1;
        Leaves ours = new Leaves(OBJECTS.size(), bins);
        Criterion criterion = criterion(losses, assigner, regMax);
        List<MatchedOutput> seen = new ArrayList<>();
        LossReport report = criterion.backward(
                ours.prediction(),
                OBJECTS,
                StepSettings.NONE,
                StepTimer.NONE,
                (batch, contributions) -> seen.add(batch.result()));
        List<Assignment> assignments = seen.get(0).assignments();
        Positives positives = seen.get(0).positives();

        Leaves theirs = new Leaves(OBJECTS.size(), bins);
        double total = new TorchReference(POINTS, positives, assignments, regMax).backward(theirs.logits, theirs.sides);

        assertThat(positives.count()).isGreaterThan(10);
        assertThat(report.positives()).isEqualTo(positives.count());
        assertThat(report.total()).isCloseTo(total, within(1e-4 * total));
        assertClose(ours.logitGradient.toArray(), theirs.logitGradient.toArray());
        assertClose(ours.sideGradient.toArray(), theirs.sideGradient.toArray());
    }

    @Test
    void aPassOutsideAScopeKeepsTheMemoryItReads() {
        Leaves quiet = new Leaves(3, REG_MAX + 1);
        Leaves disturbed = new Leaves(3, REG_MAX + 1);
        criterion(DenseLosses.DEFAULT, ATSS, REG_MAX).backward(quiet.prediction(), OBJECTS);
        criterion(DenseLosses.DEFAULT, ATSS, REG_MAX)
                .backward(disturbed.prediction(), OBJECTS, StepSettings.NONE, part -> overwriteFreedMemory());
        assertThat(Arrays.equals(disturbed.sideGradient.toArray(), quiet.sideGradient.toArray()))
                .isTrue();
    }

    /** Has the engine's unreachable memory freed, and fills what is free with NaN. */
    private static void overwriteFreedMemory() {
        long[] decoded = {3L * POINTS.size() * 4, 3L * POINTS.size() * 4 * (REG_MAX + 1)};
        for (int round = 0; round < 5; round++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Scope.unrecorded(() -> {
                for (int i = 0; i < 20; i++) {
                    for (long size : decoded) {
                        Tensor.zeros(size).fill(Double.NaN);
                    }
                }
            });
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isGreaterThan(1e-4f);
        assertThat(actual).containsExactly(expected, within(2e-5f * largest));
    }

    @Test
    void imagesWithoutObjectsGiveNoBoxLossAndNothingThatIsNotANumber() {
        Leaves leaves = new Leaves(2, REG_MAX + 1);
        LossReport report = criterion(DenseLosses.DEFAULT, ALIGNED, REG_MAX)
                .backward(leaves.prediction(), List.of(List.of(), List.of()));
        assertThat(report.positives()).isZero();
        assertThat(report.values().get("box")).isZero();
        assertThat(report.values().get("distribution")).isZero();
        assertThat(report.values().get("classification")).isFinite().isPositive();
        assertThat(leaves.sideGradient.toArray()).containsOnly(0);
        for (float value : leaves.logitGradient.toArray()) {
            assertThat(value).isFinite().isNotNegative();
        }
    }

    @Test
    void aStepLeavesNothingBehindForTheNext() {
        Criterion criterion = criterion(DenseLosses.DEFAULT, ATSS, REG_MAX);
        criterion.backward(new Leaves(3, REG_MAX + 1).prediction(), OBJECTS);
        Leaves empty = new Leaves(3, REG_MAX + 1);
        criterion.backward(empty.prediction(), List.of(List.of(), List.of(), List.of()));
        assertThat(empty.sideGradient.toArray()).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"bce", "focal", "quality_focal", "varifocal", "varifocal_detached"})
    void everyPointwiseLossDescends(String name) {
        DenseLosses losses = new DenseLosses(
                LossComponent.of(name, 1), LossComponent.of("ciou", 2), DenseLosses.DEFAULT.distribution());
        Criterion criterion = criterion(losses, ATSS, REG_MAX);
        Leaves leaves = new Leaves(3, REG_MAX + 1);
        double before = criterion.backward(leaves.prediction(), OBJECTS).total();
        float[] logits = leaves.logits.toArray();
        float[] gradient = leaves.logitGradient.toArray();
        float[] sides = leaves.sides.toArray();
        float[] sideGradient = leaves.sideGradient.toArray();
        Leaves moved = new Leaves(3, REG_MAX + 1);
        moved.logits.detach().set(stepped(logits, gradient));
        moved.sides.detach().set(stepped(sides, sideGradient));
        assertThat(criterion.backward(moved.prediction(), OBJECTS).total()).isLessThan(before);
    }

    private static float[] stepped(float[] values, float[] gradient) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= 0.05f * gradient[i];
        }
        return moved;
    }

    @Test
    void targetsFollowTheKindOfLossUnlessChosen() {
        Positives positives = new Positives(
                new int[1],
                new int[1],
                new int[1],
                new int[1],
                new float[4],
                new float[4],
                new float[4],
                new float[] {0.7f},
                new float[] {0.4f});
        assertThat(quality("focal", LossComponent.Target.AUTO, positives)).isEqualTo(1);
        assertThat(quality("varifocal", LossComponent.Target.AUTO, positives)).isEqualTo(0.7f);
        assertThat(quality("varifocal_detached", LossComponent.Target.AUTO, positives))
                .isEqualTo(0.7f);
        assertThat(quality("bce", LossComponent.Target.AUTO, positives)).isEqualTo(0.7f);
        assertThat(quality("quality_focal", LossComponent.Target.AUTO, positives))
                .isEqualTo(0.7f);
        assertThat(quality("varifocal", LossComponent.Target.ALIGNMENT, positives))
                .isEqualTo(0.4f);
        assertThat(quality("varifocal", LossComponent.Target.HARD, positives)).isEqualTo(1);
    }

    private static float quality(String loss, LossComponent.Target target, Positives positives) {
        LossComponent component = new LossComponent(loss, Map.of(), 1, target, LossComponent.Division.AUTO);
        Slots slots = new Slots(model(REG_MAX).outputs().get(0), Map.of("classification", component), "loss", "");
        return new Classification(slots, "classification", component, CLASSES).quality(positives)[0];
    }

    @Test
    void refusesLossesThatDoNotFitTheirRole() {
        LossComponent varifocal = LossComponent.of("varifocal", 1);
        LossComponent giou = LossComponent.of("giou", 1);
        LossComponent rows = LossComponent.of("distribution_focal", 1);
        assertRefused(new DenseLosses(giou, giou, null), REG_MAX, "loss.classification", "giou");
        assertRefused(new DenseLosses(varifocal, rows, null), REG_MAX, "loss.box", "distribution_focal");
        assertRefused(new DenseLosses(varifocal, giou, rows), 0, "loss.distribution", "regMax");
        assertRefused(new DenseLosses(LossComponent.of("varifocl", 1), giou, null), 0, "varifocl", "varifocal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classification | (logit; target in [0, 1], weight in [0, 1]) | weight * (target - sigmoid(logit))^2 | weight",
                "box | (cx, cy, w, h; tcx, tcy, tw, th) | abs(cx - tcx) + abs(cy - tcy) + abs(w - tw) + abs(h - th) | x1",
                "box | (x1, y1, x2; tx1, ty1, tx2) | abs(x1 - tx1) + abs(y1 - ty1) + abs(x2 - tx2) | (x1, y1, x2; tx1",
                "box | (x; y, label in {0, 1}) | label * abs(x - y) | one target",
                "distribution | (s[17]; y, z) | -z * y * log_softmax(s, 0) | one target"
            })
    void refusesLossesThatReadWhatTrainingDoesNotHave(
            String slot, String inputs, String formula, String part, @TempDir Path folder) throws IOException {
        LossComponent own = written(folder, inputs, formula);
        DenseLosses usual = DenseLosses.DEFAULT;
        assertRefused(
                new DenseLosses(
                        slot.equals("classification") ? own : usual.classification(),
                        slot.equals("box") ? own : usual.box(),
                        slot.equals("distribution") ? own : null),
                16,
                "loss." + slot,
                "own.loss",
                part);
    }

    @Test
    void aLossOfHardTargetsIsTrainedWithThem(@TempDir Path folder) throws IOException {
        LossComponent own = written(folder, "(logit; target in {0, 1})", "(target - sigmoid(logit))^2");
        DenseLosses losses = new DenseLosses(own, DenseLosses.DEFAULT.box(), null);
        Leaves leaves = new Leaves(3, 1);
        criterion(losses, ATSS, 0).backward(leaves.prediction(), OBJECTS);
        float[] slopes = leaves.logitGradient.toArray();
        Arrays.sort(slopes);
        assertThat(slopes[0]).isNegative();
        assertThat(slopes[slopes.length - 1]).isPositive();
        LossComponent soft =
                new LossComponent(own.loss(), Map.of(), 1, LossComponent.Target.QUALITY, LossComponent.Division.AUTO);
        assertRefused(new DenseLosses(soft, losses.box(), null), 0, "loss.classification.target", "hard");
    }

    private static LossComponent written(Path folder, String inputs, String formula) throws IOException {
        Path file = folder.resolve("own.loss");
        Files.writeString(file, "loss own" + inputs + "\n" + formula + "\n");
        return LossComponent.of(file.toString(), 1);
    }

    private static void assertRefused(DenseLosses losses, int regMax, String... parts) {
        assertThatThrownBy(() -> criterion(losses, ATSS, regMax))
                .isInstanceOf(ParfocalException.class)
                .message()
                .contains(parts);
    }

    @Test
    void priorsComeFromTheRecipe() {
        assertThat(Criterion.priors(DenseLosses.DEFAULT.supervision(AssignerConfig.DEFAULT), DenseConfig.DEFAULT))
                .isEqualTo(Map.of(DenseConfig.OUTPUT, 0.01));
    }
}
