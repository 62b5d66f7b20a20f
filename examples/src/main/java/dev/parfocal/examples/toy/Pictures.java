package dev.parfocal.examples.toy;

import dev.parfocal.training.engine.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Pictures of nothing: at its first step a detector knows no better. */
public final class Pictures {

    private static final int CHANNELS = 3;

    private Pictures() {}

    /** A picture of noise as a detector takes it, {@code [1, 3, height, width]}. */
    public static Tensor noise(int width, int height) {
        FloatBuffer planes = ByteBuffer.allocateDirect(4 * CHANNELS * width * height)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(1);
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, (float) random.nextGaussian());
        }
        return Tensor.images(planes, 1, CHANNELS, height, width);
    }
}
