package dev.parfocal.core.accuracy;

import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Runs a pointwise loss with targets of zero over the finite floats, in blocks of neighbours, on two threads. All of them are
 * run by vector code, some by plain code, which has the same bits and is there at once.
 */
final class AllFloats {

    /** The floats of one block share the upper bits. */
    private static final int BLOCK = 1 << 14;

    private static final int BLOCKS = 1 << 18;
    private static final int THREADS = 2;
    /** Which of the blocks that a stride leaves to choose from is taken. */
    private static final long SEED = 20_261_129;

    private static final long PATIENCE = 60_000_000_000L;

    /** Counts what is wrong in the results of a block. */
    interface Look {
        long at(float[] logits, float[] values, float[] gradients);
    }

    private final LossFunction function;
    private final Options options;
    private final Batch batch;
    private final float[] logits = new float[BLOCK];
    private final float[] values = new float[BLOCK];
    private final float[] gradients = new float[BLOCK];

    private AllFloats(Loss loss, Backend backend) {
        function = LossFunction.of(loss, backend, 1);
        options = Options.of(Normalizer.none()).withValues(Floats.of(values));
        List<Floats> given =
                loss.given().stream().map(input -> Floats.of(new float[BLOCK])).toList();
        batch = new Batch.Dense(Floats.of(logits), BLOCK, 1, given);
    }

    /**
     * What is wrong with a loss, over every {@code stride}-th block; a stride of 1 leaves none out, an odd one below 500
     * leaves out no exponent.
     */
    static long count(Loss loss, int stride, Look look) {
        Backend backend = stride == 1 ? Backend.best() : Backend.SCALAR;
        int first = new SplittableRandom(SEED).nextInt(stride);
        return IntStream.range(0, THREADS)
                .parallel()
                .mapToLong(thread -> new AllFloats(loss, backend).run(first + thread * stride, stride, look))
                .sum();
    }

    private long run(int first, int stride, Look look) {
        awaitFastCode();
        long wrong = 0;
        for (int block = first; block < BLOCKS; block += THREADS * stride) {
            int start = block * BLOCK;
            if (Float.isFinite(Float.intBitsToFloat(start))) {
                for (int i = 0; i < BLOCK; i++) {
                    logits[i] = Float.intBitsToFloat(start + i);
                }
                function.evaluate(batch, options, Floats.of(gradients));
                wrong += look.at(logits, values, gradients);
            }
        }
        return wrong;
    }

    private void awaitFastCode() {
        long end = System.nanoTime() + PATIENCE;
        function.evaluate(batch, options, Floats.of(gradients));
        while (!function.isWarm() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
