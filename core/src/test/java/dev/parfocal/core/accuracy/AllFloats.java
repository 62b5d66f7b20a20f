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
 * Runs pointwise losses with targets of zero over the finite floats, in blocks of neighbours, on two threads. All of them are
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

    /** The same of several losses, one array for each. */
    interface Looks {
        long at(float[] logits, float[][] values, float[][] gradients);
    }

    private final List<LossFunction> functions;
    private final List<Batch> batches;
    private final float[] logits = new float[BLOCK];
    private final float[][] values;
    private final float[][] gradients;

    private AllFloats(List<Loss> losses, Backend backend) {
        functions =
                losses.stream().map(loss -> LossFunction.of(loss, backend, 1)).toList();
        batches = losses.stream().map(this::batch).toList();
        values = new float[losses.size()][BLOCK];
        gradients = new float[losses.size()][BLOCK];
    }

    private Batch batch(Loss loss) {
        List<Floats> given =
                loss.given().stream().map(input -> Floats.of(new float[BLOCK])).toList();
        return new Batch.Dense(Floats.of(logits), BLOCK, 1, given);
    }

    /**
     * What is wrong with a loss, over every {@code stride}-th block; a stride of 1 leaves none out, an odd one below 500
     * leaves out no exponent.
     */
    static long count(Loss loss, int stride, Look look) {
        return count(List.of(loss), stride, (logits, values, gradients) -> look.at(logits, values[0], gradients[0]));
    }

    /** The same of several losses. */
    static long count(List<Loss> losses, int stride, Looks look) {
        Backend backend = stride == 1 ? Backend.best() : Backend.SCALAR;
        int first = new SplittableRandom(SEED).nextInt(stride);
        return IntStream.range(0, THREADS)
                .parallel()
                .mapToLong(thread -> new AllFloats(losses, backend).run(first + thread * stride, stride, look))
                .sum();
    }

    private long run(int first, int stride, Looks look) {
        awaitFastCode();
        long wrong = 0;
        for (int block = first; block < BLOCKS; block += THREADS * stride) {
            int start = block * BLOCK;
            if (Float.isFinite(Float.intBitsToFloat(start))) {
                for (int i = 0; i < BLOCK; i++) {
                    logits[i] = Float.intBitsToFloat(start + i);
                }
                evaluate();
                wrong += look.at(logits, values, gradients);
            }
        }
        return wrong;
    }

    private void evaluate() {
        for (int i = 0; i < functions.size(); i++) {
            Options options = Options.of(Normalizer.none()).withValues(Floats.of(values[i]));
            functions.get(i).evaluate(batches.get(i), options, Floats.of(gradients[i]));
        }
    }

    private void awaitFastCode() {
        long end = System.nanoTime() + PATIENCE;
        evaluate();
        while (!functions.stream().allMatch(LossFunction::isWarm) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
