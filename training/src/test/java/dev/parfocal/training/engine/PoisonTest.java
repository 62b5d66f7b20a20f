package dev.parfocal.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Engines have read memory that they never wrote: with freed blocks full of NaN, gradients of convolutions whose channels
 * are no multiple of 16 came out as NaN. Here such blocks of many sizes lie in wait.
 */
class PoisonTest {
    @BeforeAll
    static void start() {
        Engine.start(2);
    }

    @ParameterizedTest
    @CsvSource({"3,16,3", "3,7,3", "16,17,3", "5,33,3", "24,31,3", "64,68,3", "20,3,3", "1,1,3", "13,29,5", "96,65,1"})
    void gradientsAreFiniteAndThoseOfACleanRun(int in, int out, int kernel) {
        float[] clean = gradients(in, out, kernel);
        for (int round = 0; round < 3; round++) {
            poison();
            float[] poisoned = gradients(in, out, kernel);
            for (float value : poisoned) {
                assertThat(value).isFinite();
            }
            assertThat(poisoned).isEqualTo(clean);
        }
    }

    /** These would end the whole process: PyTorch 2.13 reads beyond its memory there. */
    @Test
    void stridedConvolutionsOfOnePixelAreRefused() {
        assertThatThrownBy(() -> Conv.plain(new Layers(1), "conv", 8, 16, 1, 2, Initializer.HE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void poisonIsNotANumber() {
        assertThat(poisoned(16).toArray()).containsOnly(Float.NaN);
    }

    private static void poison() {
        Scope.unrecorded(() -> {
            for (long size = 16; size <= 4_000_000; size = size * 3 / 2) {
                poisoned(size);
                poisoned(size + 5);
            }
        });
    }

    private static Tensor poisoned(long size) {
        org.bytedeco.pytorch.Tensor block = torch.empty(size);
        block.fill_(new Scalar(Float.NaN));
        return new Tensor(block);
    }

    /** Gradients by image and weights of a convolution, a normalisation and a sum of squares. */
    private static float[] gradients(int in, int out, int kernel) {
        Layers layers = new Layers(3);
        Conv conv = Conv.biased(layers, "conv", in, out, kernel, new Initializer(Initializer.Kind.NORMAL, 0.1), 0.2);
        Block block = conv.then(Normalization.BATCH.block(layers, "norm", out));
        Weights weights = layers.finish();
        layers.training(true);
        float[] values = new float[2 * in * 19 * 23];
        Random random = new Random(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Scope.recorded(() -> {
            Tensor image = new Tensor(torch.zeros(2, in, 19, 23).contiguous(torch.MemoryFormat.ChannelsLast));
            image.set(values);
            Tensor gradient = Tensor.zeros(2, in, 19, 23);
            image.accumulateInto(gradient);
            Tensor output = block.forward(image);
            Tensor upstream = Tensor.zeros(output.shape());
            upstream.copyFrom(output.relu().detach());
            Tensor.backward(List.of(output), List.of(upstream));
            return Tensor.concatenate(List.of(gradient.reshape(-1), weights.gradients()), 0)
                    .toArray();
        });
    }
}
