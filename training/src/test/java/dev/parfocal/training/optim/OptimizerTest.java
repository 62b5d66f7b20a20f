package dev.parfocal.training.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.RawTensors;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Weights;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PyTorch's own optimisers are the oracle. */
class OptimizerTest {
    private static final int STEPS = 20;
    private static final double RATE = 0.01;
    private static final double DECAY = 0.1;

    /** Also AdamW's first beta, torch's default. */
    private static final double MOMENTUM = 0.9;

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private interface Step {
        void take();
    }

    private static Weights weights() {
        Layers layers = new Layers(1);
        Conv.plain(layers, "conv", 3, 5, 3, 1, Initializer.HE);
        return layers.finish();
    }

    private static Tensor copy(Weights weights) {
        Tensor copy = RawTensors.raw(weights.trained()).detach().clone();
        copy.set_requires_grad(true);
        return copy;
    }

    private static void compare(Weights weights, Optimizer ours, Tensor theirs, Step step) {
        Motion motion = Motion.whole(weights);
        Random random = new Random(2);
        for (int s = 1; s <= STEPS; s++) {
            float[] gradient = new float[(int) weights.parameters()];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) random.nextGaussian();
            }
            weights.gradients().set(gradient);
            theirs.mutable_grad().put(RawTensors.raw(weights.gradients()).clone());
            step.take();
            int now = s;
            Scope.unrecorded(() -> ours.step(weights, motion, RATE, now));
            float[] expected = RawTensors.wrap(theirs.detach()).toArray();
            float[] actual = weights.trained().toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
            }
        }
    }

    @Test
    void adamWIsThatOfTorch() {
        Weights weights = weights();
        Tensor theirs = copy(weights);
        AdamWOptions options = new AdamWOptions(RATE);
        options.weight_decay().put(DECAY);
        AdamW torch = new AdamW(new TensorVector(theirs), options);
        compare(
                weights,
                new DecoupledAdam(
                        new OptimizerConfig.AdamW(RATE, MOMENTUM, 0.999, DECAY, ClipConfig.NONE, Map.of()), weights),
                theirs,
                torch::step);
    }

    @Test
    void sgdIsThatOfTorch() {
        Weights weights = weights();
        Tensor theirs = copy(weights);
        SGDOptions options = new SGDOptions(RATE);
        options.weight_decay().put(DECAY);
        options.momentum().put(MOMENTUM);
        options.nesterov().put(true);
        SGD torch = new SGD(new TensorVector(theirs), options);
        compare(
                weights,
                new NesterovSgd(new OptimizerConfig.Sgd(RATE, MOMENTUM, DECAY, ClipConfig.NONE, Map.of()), weights),
                theirs,
                torch::step);
    }

    @Test
    void theAverageHasItsClosedForm() {
        Weights weights = weights();
        Scope.unrecorded(() -> {
            weights.trained().fill(1);
            WeightAverage average = new WeightAverage(weights, 0.9);
            double expected = 1;
            for (int step = 1; step <= 300; step++) {
                weights.trained().fill(step);
                average.update(weights, step);
                double decay = Math.min(0.9, (1.0 + step) / (10.0 + step));
                expected = decay * expected + (1 - decay) * step;
            }
            assertThat((double) average.trained().toArray()[0]).isCloseTo(expected, within(1e-3));
            // Far from the start the average of 1, 2, … n with decay d lags by d / (1 - d).
            assertThat(expected).isCloseTo(300 - 9, within(1e-6));
        });
    }

    @Test
    void withoutDecayTheAverageIsTheWeights() {
        Weights weights = weights();
        Scope.unrecorded(() -> {
            WeightAverage average = new WeightAverage(weights, null);
            weights.trained().fill(7);
            average.update(weights, 1);
            assertThat(average.trained().toArray()).containsOnly(7);
        });
    }
}
