package dev.parfocal.training.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.block.Activation;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.dense.InitConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Normalization;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.RawTensors;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.NeckConfig;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GainTest {
    private static final int SIZE = 64;
    private static final int REG_MAX = 6;
    private static final Priors POINTS = Priors.cells(SIZE, SIZE, 8, 16, 32);
    private static final List<List<Annotation>> OBJECTS = List.of(
            List.of(Annotation.of(new Box(3, 5, 38, 41), 1), Annotation.of(new Box(30, 20, 60, 62), 0)), List.of());
    private static final List<List<Annotation>> NOTHING = List.of(List.of(), List.of());
    private static final GainConfig AUTO = new GainConfig.Auto(0.3);

    private static DetectorModel model;

    @BeforeAll
    static void build() {
        Engine.start(1);
        DenseConfig config = new DenseConfig(
                List.of(8, 16, 16, 16, 16),
                NeckConfig.of(16),
                1,
                REG_MAX,
                Normalization.GROUP,
                Activation.RELU,
                Precision.FLOAT32,
                InitConfig.DEFAULT,
                new InputSize(SIZE, SIZE));
        model = new DetectorModel(config, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), 3);
    }

    private static Prediction predict() {
        FloatBuffer planes = java.nio.ByteBuffer.allocateDirect(4 * OBJECTS.size() * 3 * SIZE * SIZE)
                .order(java.nio.ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(5);
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, (float) random.nextGaussian());
        }
        return model.forward(Tensor.images(planes, OBJECTS.size(), 3, SIZE, SIZE));
    }

    private static Criterion criterion(DenseLosses losses) {
        return new Criterion(losses.supervision(AssignerConfig.DEFAULT), losses.gain(), model.config(), 2);
    }

    private static DenseLosses losses(String classification, double weight, double others, GainConfig gain) {
        return new DenseLosses(
                        LossComponent.of(classification, weight),
                        LossComponent.of("giou", 2 * others),
                        LossComponent.of("distribution_focal", 0.5 * others))
                .withGain(gain);
    }

    private static double measuredGain(Criterion criterion, List<List<Annotation>> objects) {
        return Scope.recorded(() -> {
            criterion.backward(predict(), objects);
            return criterion.gain().measured().getOrDefault("classification", Double.NaN);
        });
    }

    /** The norm at the pyramid's levels, by a whole backward pass of the losses that have a weight. */
    private static double norm(DenseLosses losses) {
        return Scope.recorded(() -> {
            Prediction prediction = predict();
            List<Tensor> levels = prediction.shared().features();
            levels.forEach(level -> RawTensors.raw(level).retain_grad());
            criterion(losses).backward(prediction, OBJECTS);
            double squares = 0;
            for (Tensor level : levels) {
                squares += Math.pow(RawTensors.raw(level).grad().norm().item_double(), 2);
            }
            return Math.sqrt(squares);
        });
    }

    @ParameterizedTest
    @CsvSource({"bce,0.5", "focal,0.5", "varifocal,0.5", "quality_focal,0.5", "bce,0.2", "focal,0.9"})
    void afterItEveryLossHasTheStatedShare(String loss, double share) {
        double gain = measuredGain(criterion(losses(loss, 1, 1, new GainConfig.Auto(share))), OBJECTS);
        double own = norm(losses(loss, 1, 0, new GainConfig.Fixed(gain)));
        double others = norm(losses(loss, 0, 1, GainConfig.DEFAULT));
        double plain = norm(losses(loss, 1, 0, GainConfig.DEFAULT));
        assertThat(own / (own + others)).isCloseTo(share, within(1e-4));
        assertThat(plain / (plain + others)).as("without gain").isNotCloseTo(share, within(1e-2));
    }

    @Test
    void aLossesOwnWeightMakesNoDifference() {
        double once = measuredGain(criterion(losses("focal", 1, 1, AUTO)), OBJECTS);
        double twice = measuredGain(criterion(losses("focal", 2, 1, AUTO)), OBJECTS);
        assertThat(twice).isCloseTo(once / 2, within(1e-4 * once));
    }

    @Test
    void itWaitsForObjectsAndThenStays() {
        Criterion criterion = criterion(losses("varifocal", 1, 1, AUTO));
        assertThat(measuredGain(criterion, NOTHING)).isNaN();
        double gain = measuredGain(criterion, OBJECTS);
        assertThat(gain).isPositive();
        assertThat(measuredGain(criterion, OBJECTS)).isEqualTo(gain);
        assertThat(measuredGain(criterion, NOTHING)).isEqualTo(gain);
    }

    @Test
    void itMultipliesTheClassificationLossAlone() {
        Criterion criterion = criterion(losses("focal", 1, 1, AUTO));
        Criterion plain = criterion(losses("focal", 1, 1, GainConfig.DEFAULT));
        LossReport with = Scope.recorded(() -> criterion.backward(predict(), OBJECTS));
        LossReport without = Scope.recorded(() -> plain.backward(predict(), OBJECTS));
        double gain = with.gain().get("classification");
        assertThat(with.values()).isEqualTo(without.values());
        assertThat(with.weighted().get("classification"))
                .isCloseTo(gain * without.weighted().get("classification"), within(1e-9 * gain));
        assertThat(with.weighted().get("box")).isEqualTo(without.weighted().get("box"));
        assertThat(without.gain()).isEmpty();
    }

    @Test
    void bothLossesOfAHandOverAreMeasured() {
        DenseLosses base = losses("focal", 1, 1, AUTO);
        DenseLosses both = new DenseLosses(
                base.classification(), base.box(), base.distribution(), LossComponent.of("varifocal", 1), AUTO);
        Criterion criterion = criterion(both);
        StepSettings start = StepSettings.NONE.withWeights(Map.of("classification", 1.0, "successor", 0.0));
        Scope.recorded(() -> criterion.backward(predict(), OBJECTS, start, StepTimer.NONE));
        assertThat(criterion.gain().measured()).containsOnlyKeys("classification", "successor");
        assertThat(criterion.gain().measured().get("classification"))
                .isCloseTo(measuredGain(criterion(base), OBJECTS), within(1e-4));
    }

    @Test
    void aCheckpointsGainIsTakenBackAndAStrangersRefused() {
        Criterion criterion = criterion(losses("focal", 1, 1, AUTO));
        criterion.gain().restore(Map.of("classification", 7.0));
        assertThat(measuredGain(criterion, OBJECTS)).isEqualTo(7);
        assertThatThrownBy(() -> criterion(losses("focal", 1, 1, GainConfig.DEFAULT))
                        .gain()
                        .restore(Map.of("classification", 7.0)))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.gain");
    }

    @Test
    void refusesSharesAndValuesOutOfRange() {
        assertThatThrownBy(() -> new GainConfig.Auto(1))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("loss.gain: share must be in (0, 1), but is 1.0");
        assertThatThrownBy(() -> new GainConfig.Fixed(0))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("value must be above 0");
    }
}
