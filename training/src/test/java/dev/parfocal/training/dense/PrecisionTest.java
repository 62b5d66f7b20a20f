package dev.parfocal.training.dense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.block.Activation;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Normalization;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.NeckConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    private static final int SIZE = 64;

    private final DetectorModel full = model(Precision.FLOAT32);
    private final DetectorModel half = model(Precision.BFLOAT16);

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static DetectorModel model(Precision precision) {
        DenseConfig config = new DenseConfig(
                List.of(8, 16, 16, 16, 16),
                NeckConfig.of(16),
                1,
                6,
                Normalization.GROUP,
                Activation.RELU,
                precision,
                InitConfig.DEFAULT,
                new InputSize(SIZE, SIZE));
        DetectorModel model = new DetectorModel(config, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), 3);
        model.training(true);
        return model;
    }

    private static Tensor images() {
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * 3 * SIZE * SIZE)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(5);
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, (float) random.nextGaussian());
        }
        return Tensor.images(planes, 1, 3, SIZE, SIZE);
    }

    private static float[] sides(DetectorModel model) {
        return Scope.unrecorded(() -> model.forward(images()).result().boxes().toArray());
    }

    private static float[] weightGradients(DetectorModel model) {
        return Scope.recorded(() -> {
            Prediction prediction = model.forward(images());
            Tensor ones = Tensor.zeros(prediction.result().logits().shape());
            ones.fill(1);
            Tensor.backward(List.of(prediction.result().logits()), List.of(ones));
            return model.weights().gradients().toArray();
        });
    }

    /** Length of the difference by the length of what is expected. */
    private static double difference(float[] actual, float[] expected) {
        double squares = 0;
        double whole = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow(actual[i] - expected[i], 2);
            whole += Math.pow(expected[i], 2);
        }
        return Math.sqrt(squares / whole);
    }

    @Test
    void outputsAndGradientsAreFloatsThatDifferByTheRoundingOfBfloat16() {
        assertThat(difference(sides(half), sides(full))).isBetween(1e-4, 0.03);
        assertThat(difference(weightGradients(half), weightGradients(full))).isBetween(1e-4, 0.06);
    }

    @Test
    void aChangeOfTheWeightsIsSeenByTheNextPass() {
        float[] before = sides(half);
        half.weights().trained().scale(1.5);
        full.weights().trained().scale(1.5);
        assertThat(difference(sides(half), sides(full))).isLessThan(0.03);
        assertThat(difference(sides(half), before)).isGreaterThan(0.3);
    }

    @Test
    void aDetectorInUseComputesInFloat32() {
        full.training(false);
        half.training(false);
        assertThat(sides(half)).isEqualTo(sides(full));
    }
}
