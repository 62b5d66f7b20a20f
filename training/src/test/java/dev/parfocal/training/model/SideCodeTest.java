package dev.parfocal.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideCodeTest {
    private static final int SIDES = 8;

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static Tensor sides(float[] outputs) {
        Tensor tensor = Tensor.zeros(1, 2, outputs.length / 2);
        tensor.set(outputs);
        return tensor;
    }

    /** The distances, copied out of the engine's memory. */
    private static float[] distances(SideCode code, float[] outputs) {
        return Scope.unrecorded(() -> {
            float[] distances = new float[SIDES];
            code.decode(sides(outputs)).distances().get(distances);
            return distances;
        });
    }

    @Test
    void aDistributionBetweenTwoBinsDecodesToThePointBetweenThem() {
        SideCode code = SideCode.of(7);
        float[] outputs = new float[SIDES * code.bins()];
        for (int side = 0; side < SIDES; side++) {
            double distance = side * 0.9;
            int low = (int) distance;
            for (int j = 0; j < code.bins(); j++) {
                double share = j == low ? low + 1 - distance : j == low + 1 ? distance - low : 0;
                outputs[side * code.bins() + j] = share == 0 ? -1000 : (float) Math.log(share);
            }
        }
        float[] distances = distances(code, outputs);
        for (int side = 0; side < SIDES; side++) {
            assertThat(distances[side]).isCloseTo((float) (side * 0.9), within(1e-5f));
        }
    }

    @Test
    void plainDistancesAreSoftplus() {
        float[] outputs = {-30, -1, 0, 1, 2, 3, 4, 50};
        float[] distances = distances(SideCode.of(0), outputs);
        for (int side = 0; side < SIDES; side++) {
            double expected = Math.log1p(Math.exp(outputs[side]));
            assertThat((double) distances[side]).isCloseTo(expected, within(1e-5 * (1 + expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16})
    void theChainRuleAgreesWithCentralDifferences(int regMax) {
        SideCode code = SideCode.of(regMax);
        Random random = new Random(1);
        float[] outputs = new float[SIDES * code.bins()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) random.nextGaussian();
        }
        float[] gradient = new float[outputs.length];
        Scope.unrecorded(() -> {
            SideCode.Decoded decoded = code.decode(sides(outputs));
            for (int side = 0; side < SIDES; side++) {
                decoded.backward(side, 2, gradient, side * code.bins());
            }
        });
        for (int i = 0; i < outputs.length; i++) {
            float step = 0.02f;
            float[] up = outputs.clone();
            float[] down = outputs.clone();
            up[i] += step;
            down[i] -= step;
            int side = i / code.bins();
            double difference = distances(code, up)[side] - distances(code, down)[side];
            assertThat((double) gradient[i]).isCloseTo(2 * difference / (2 * step), within(2e-3));
        }
    }
}
