package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;
import dev.parfocal.core.catalogue.Catalogue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A garbage collection between forward and backward must not change a gradient. */
class GarbageCollectionTest {

    private static final int STEPS = 40;
    private static final Shape SHAPE = new Shape(4, 5, 6);

    private final float[] logits = Engines.uniform(new Random(3), (int) SHAPE.size(), -4, 4);

    @Test
    void ourGradientsStayExact() {
        assertThat(wrongSteps(ParfocalLoss.of(Catalogue.get("focal")))).isZero();
    }

    /** Shows that this test can fail, and why nobody should compose a loss with {@code NDArray op Number}. */
    @Test
    void theUsualCompositionDoesNot() {
        assertThat(wrongSteps(new ComposedWithNumbers()))
                .as("DJL may have mended NDArray op Number: say so in docs/djl.md")
                .isPositive();
    }

    private int wrongSteps(Loss loss) {
        int[] wrong = {0};
        Engines.withManager(manager -> {
            NDList labels = new NDList(manager.zeros(SHAPE));
            float[] expected = Engines.pass(loss, labels, logits, SHAPE).gradient();
            for (int step = 0; step < STEPS; step++) {
                float[] gradient = Engines.pass(loss, labels, logits, SHAPE, GarbageCollectionTest::collect)
                        .gradient();
                wrong[0] += Arrays.equals(gradient, expected) ? 0 : 1;
            }
        });
        return wrong[0];
    }

    /** Collects, and lets the cleaner free the buffers that were found unreachable and others take their place. */
    private static void collect() {
        System.gc();
        for (int i = 0; i < 64; i++) {
            ByteBuffer.allocateDirect(64).putFloat(0, 1e9f);
        }
    }

    /** Focal loss with gamma 2, composed as DJL's own losses are. */
    private static final class ComposedWithNumbers extends Loss {

        ComposedWithNumbers() {
            super("composed");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray x = predictions.singletonOrThrow();
            NDArray p = Activation.sigmoid(x);
            NDArray crossEntropy = Activation.softPlus(x);
            return p.pow(2).mul(crossEntropy).mul(0.75).sum();
        }
    }
}
